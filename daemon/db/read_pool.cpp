#include "db/read_pool.hpp"

namespace nbasync {

ReadPool::ReadPool(Executor& executor, const Database& database, std::size_t connections,
                   std::optional<std::chrono::milliseconds> busy_timeout)
    : state_(std::make_shared<State>(executor, database, connections, busy_timeout)) {}

ReadPool::~ReadPool() {
  stop();
  state_->abandoned = true;
  state_->waiting.clear();
}

void ReadPool::stop() { state_->stop.request_stop(); }

void ReadPool::State::returned(std::unique_ptr<Connection> connection) {
  idle.push_back(std::move(connection));
  if (waiting.empty() || abandoned) return;
  const auto next = std::move(waiting.front());
  waiting.pop_front();
  next();
}

}  // namespace nbasync
