#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/run_record.hpp"

namespace nbasync {

// data_sync_log: the history of runs. Each call uses a connection of its own, so that the log is
// never inside a sync's transaction and a read never waits for one. Blocking; any thread.
// Throws Error(kStorage…).
class RunLog {
 public:
  // The database must have been opened by Store, which makes the table.
  explicit RunLog(std::string path);

  // Writes or rewrites the row of this run, and those of its steps, tried up to 3 times with
  // exponential backoff.
  void write(const RunRecord& run);

  // Rows that a crash left 'started' become 'interrupted'. Returns how many.
  int close_interrupted(SystemTime now);

  // The run with its steps.
  std::optional<RunRecord> find(const std::string& run_id);

  // Newest first, without steps of full runs as runs of their own.
  std::vector<RunRecord> list(unsigned limit, const RunFilter& filter);

  // By sync type, steps of full runs included: when it last ended with success.
  std::map<std::string, SystemTime> last_success();

 private:
  std::string path_;
};

}  // namespace nbasync
