#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/executor.hpp"
#include "base/result.hpp"
#include "model/run_record.hpp"
#include "store/run_log.hpp"

namespace nbasync {

using RunReply = Result<RunRecord>;
using RunsReply = Result<std::vector<RunRecord>>;

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
  template <typename Work, typename Done>
  void run(Work work, Done done);

  Executor& executor_;
  RunLog& log_;
  std::function<void()> idle_;
  std::size_t jobs_ = 0;
};

}  // namespace nbasync
