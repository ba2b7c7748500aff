#include "query/reader_pool.hpp"

#include <deque>
#include <utility>
#include <vector>

#include "base/async.hpp"
#include "base/format.hpp"
#include "query/reader.hpp"

namespace nbasync {
namespace {

constexpr std::size_t kMostWaiting = 512;

}  // namespace

struct ReaderPool::State : std::enable_shared_from_this<State> {
  struct Job {
    Question question;
    std::function<void(QueryReply)> done;
  };

  State(Executor& on, std::string file, std::size_t connections, std::chrono::milliseconds timeout)
      : executor(on), path(std::move(file)), busy_timeout(timeout), idle(connections) {}

  void start(Job job);
  void returned(std::unique_ptr<Reader> reader);

  Executor& executor;
  const std::string path;
  const std::chrono::milliseconds busy_timeout;
  std::vector<std::unique_ptr<Reader>> idle;  // null: not opened yet
  std::deque<Job> waiting;
  bool abandoned = false;
};

void ReaderPool::State::start(Job job) {
  auto lent = std::make_shared<std::unique_ptr<Reader>>(std::move(idle.back()));
  idle.pop_back();
  async(
      executor,
      [self = shared_from_this(), lent, question = std::move(job.question)] {
        auto reader = std::move(*lent);
        if (!reader) reader = std::make_unique<Reader>(self->path, self->busy_timeout);
        auto answer = reader->answer(question);
        *lent = std::move(reader);  // after an error, the next question gets a fresh one
        return answer;
      },
      [self = shared_from_this(), lent, done = std::move(job.done)](QueryReply reply) {
        self->returned(std::move(*lent));
        if (!self->abandoned) done(std::move(reply));
      });
}

void ReaderPool::State::returned(std::unique_ptr<Reader> reader) {
  idle.push_back(std::move(reader));
  if (waiting.empty() || abandoned) return;
  auto next = std::move(waiting.front());
  waiting.pop_front();
  start(std::move(next));
}

ReaderPool::ReaderPool(Executor& executor, std::string path, std::size_t connections,
                       std::chrono::milliseconds busy_timeout)
    : state_(std::make_shared<State>(executor, std::move(path), connections, busy_timeout)) {}

ReaderPool::~ReaderPool() {
  state_->abandoned = true;
  state_->waiting.clear();
}

void ReaderPool::ask(Question question, std::function<void(QueryReply)> done) {
  if (!state_->idle.empty()) {
    state_->start({std::move(question), std::move(done)});
  } else if (state_->waiting.size() < kMostWaiting) {
    state_->waiting.push_back({std::move(question), std::move(done)});
  } else {
    state_->executor.post([done = std::move(done)] {
      done(Error(Errc::kQueueFull,
                 format("{} questions to the database wait already; ask later", kMostWaiting)));
    });
  }
}

}  // namespace nbasync
