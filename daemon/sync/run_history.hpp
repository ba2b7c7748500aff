#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "model/run_record.hpp"
#include "protocol/status.hpp"
#include "sync/service_options.hpp"

namespace nbasync {

// What the loop thread knows of ended runs without asking the database: read once from the log,
// then kept up as runs end.
class RunHistory {
 public:
  static constexpr unsigned kKept = 20;

  // Knows of none.
  RunHistory() = default;

  // Reads the log, and of this season when each type last succeeded; blocking. What it says is
  // under way was, in a process that has ended. Throws Error.
  RunHistory(Connection& log, const std::string& season, SystemTime now);

  void add(const RunRecord& run);

  // For another file in the database's place: forgets all but dry runs; later, adds what that file
  // knows and this does not, but for the runs of `without`.
  void forget();
  void add_older(const RunHistory& read, const std::function<bool(const std::string&)>& without);

  // The last kKept, newest first; dry runs are not among them.
  const std::deque<RunRecord>& recent() const { return recent_; }

  // By sync type, steps of full runs included: when it last ended with success for this season.
  using Times = std::map<std::string, SystemTime>;
  const Times& last_success(const std::string& season) const;

  // Each dataset of the catalog: its last success for this season, and whether that is older than
  // the options say.
  std::vector<protocol::DatasetState> datasets(const std::string& season, SystemTime now,
                                               const ServiceOptions& options) const;

  // Among recent and dry runs, of which only the last still has its changes; nullptr if it is not
  // there.
  const RunRecord* find(const std::string& run_id) const;

 private:
  std::deque<RunRecord> recent_;
  std::deque<RunRecord> dry_runs_;             // they are in no log
  std::map<std::string, Times> last_success_;  // by season
};

}  // namespace nbasync
