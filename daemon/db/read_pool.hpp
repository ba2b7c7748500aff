#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/async.hpp"
#include "base/format.hpp"
#include "db/database.hpp"

namespace nbasync {

// Lends connections that read to work on other threads, so many at a time as there are; the others
// wait in their order of arrival. A connection is opened when it is first lent. Loop thread; may be
// destroyed while work is under way, which is then answered to nobody.
class ReadPool {
 public:
  // Work that waits for a connection, at most.
  static constexpr std::size_t kMostWaiting = 512;

  // `database` must outlive all work. With a `busy_timeout` that is how long the connections wait
  // for others, and they may write.
  ReadPool(Executor& executor, const Database& database, std::size_t connections,
           std::optional<std::chrono::milliseconds> busy_timeout = {});
  ~ReadPool();
  ReadPool(const ReadPool&) = delete;
  ReadPool& operator=(const ReadPool&) = delete;

  // Runs `work(Connection&, const std::stop_token&)` on a thread of the executor, then
  // `done(Result<T>)` on the loop thread, once and never inside the call. Errors are those of the
  // work, and kQueueFull when too many wait already.
  template <typename Work, typename Done>
  void ask(Work work, Done done);

  // Of what is asked.
  const Database& database() const { return state_->database; }

  // Where the work is done.
  Executor& executor() const { return state_->executor; }

  // Asks the work under way to end. What is asked from now on ends at once, too: kCancelled.
  void stop();

 private:
  struct State : std::enable_shared_from_this<State> {
    State(Executor& on, const Database& of, std::size_t connections,
          std::optional<std::chrono::milliseconds> wait)
        : executor(on), database(of), busy_timeout(wait), idle(connections) {}

    std::unique_ptr<Connection> connect() const {
      return busy_timeout ? database.connect_writer(busy_timeout) : database.connect_reader();
    }
    void returned(std::unique_ptr<Connection> connection);

    Executor& executor;
    const Database& database;
    const std::optional<std::chrono::milliseconds> busy_timeout;
    std::vector<std::unique_ptr<Connection>> idle;  // null: not opened yet
    std::deque<std::function<void()>> waiting;      // starts the next work
    std::stop_source stop;
    bool abandoned = false;
  };

  template <typename Work, typename Done>
  static void start(const std::shared_ptr<State>& state, Work work, Done done);

  std::shared_ptr<State> state_;  // shared with the work under way
};

template <typename Work, typename Done>
void ReadPool::start(const std::shared_ptr<State>& state, Work work, Done done) {
  auto lent = std::make_shared<std::unique_ptr<Connection>>(std::move(state->idle.back()));
  state->idle.pop_back();
  async(
      state->executor,
      [state, lent, work = std::move(work)]() mutable {
        auto connection = std::move(*lent);
        if (!connection) connection = state->connect();
        auto given = work(*connection, state->stop.get_token());
        *lent = std::move(connection);  // after an error, the next work gets a fresh one
        return given;
      },
      [state, lent, done = std::move(done)](auto result) mutable {
        state->returned(std::move(*lent));
        if (!state->abandoned) done(std::move(result));
      });
}

template <typename Work, typename Done>
void ReadPool::ask(Work work, Done done) {
  if (!state_->idle.empty()) {
    start(state_, std::move(work), std::move(done));
  } else if (state_->waiting.size() < kMostWaiting) {
    state_->waiting.push_back(
        [state = state_.get(), work = std::move(work), done = std::move(done)]() mutable {
          start(state->shared_from_this(), std::move(work), std::move(done));
        });
  } else {
    using Given = std::invoke_result_t<Work&, Connection&, std::stop_token>;
    state_->executor.post([done = std::move(done)]() mutable {
      done(Result<Given>(
          Error(Errc::kQueueFull,
                format("{} questions to the database wait already; ask later", kMostWaiting))));
    });
  }
}

}  // namespace nbasync
