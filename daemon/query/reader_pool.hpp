#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "base/executor.hpp"
#include "base/result.hpp"
#include "query/question.hpp"

namespace nbasync {

using QueryReply = Result<QueryAnswer>;

// Answers questions on pool threads, so many at a time as there are connections; the others wait in
// their order of arrival. A connection is opened at its first question. Loop thread; may be
// destroyed while questions are under way, which are then answered to nobody.
class ReaderPool {
 public:
  ReaderPool(Executor& executor, std::string path, std::size_t connections,
             std::chrono::milliseconds busy_timeout);
  ~ReaderPool();
  ReaderPool(const ReaderPool&) = delete;
  ReaderPool& operator=(const ReaderPool&) = delete;

  // `done` is called once, on the loop thread, never inside the call. Error: kStorage…, or
  // kQueueFull when too many wait already.
  void ask(Question question, std::function<void(QueryReply)> done);

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with the work under way
};

}  // namespace nbasync
