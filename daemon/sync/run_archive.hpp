#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/error.hpp"
#include "base/executor.hpp"
#include "model/run_record.hpp"
#include "store/run_log.hpp"

namespace nbasync {

using RunReply = std::variant<RunRecord, Error>;
using RunsReply = std::variant<std::vector<RunRecord>, Error>;

// The run log as the loop thread sees it: every question goes to a pool thread and comes back as a
// callback, on the loop thread, never inside the call. Destroy it only when it is idle.
class RunArchive {
 public:
  // `idle` is called each time the last job under way has come back.
  RunArchive(Executor& executor, RunLog& log, std::function<void()> idle);

  // The run from the log; else `fallback`; else kUnknownRun.
  void find(const std::string& run_id, std::optional<RunRecord> fallback,
            std::function<void(RunReply)> done);
  void list(unsigned limit, RunFilter filter, std::function<void(RunsReply)> done);

  // What cannot be written is logged and forgotten.
  void write(const RunRecord& run);

  bool is_idle() const { return jobs_ == 0; }

 private:
  void run(std::function<void()> work, std::function<void()> done);

  Executor& executor_;
  RunLog& log_;
  std::function<void()> idle_;
  std::size_t jobs_ = 0;
};

}  // namespace nbasync
