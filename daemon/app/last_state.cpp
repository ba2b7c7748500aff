#include "app/last_state.hpp"

#include <utility>

#include "log/log.hpp"
#include "store/run_log.hpp"
#include "sync/describe_job.hpp"
#include "sync/write_log.hpp"

namespace nbasync {
namespace {

// How long a start waits for other programs that hold the database.
constexpr Duration kStartPatience{500};

// What the last process did not end, nobody will end any more. Returns what could not be written.
std::vector<RunRecord> close_open_rows(const Database& database, Connection& connection,
                                       SystemTime now) {
  LogBatch batch;
  for (const auto& row : run_log::open_rows(connection, {})) {
    batch.runs.push_back(interrupted(row, now));
  }
  if (batch.empty()) return {};
  log::warning("sync log closed rows={} status=interrupted", batch.runs.size());
  try {
    write_log_to(database, kStartPatience)(batch, {});
    return {};
  } catch (const Error&) {  // another program holds the database: the start does not wait for it
    return std::move(batch.runs);
  }
}

ScheduleRecords read_schedules(Connection& connection, SystemTime now) {
  auto records = schedule_store::read(connection, {});
  for (auto* runs : {&records.last_runs, &records.open_runs}) {
    for (auto& [name, run] : *runs) {
      if (run.status == RunStatus::kStarted) run = interrupted(std::move(run), now);
    }
  }
  auto& backfill = records.backfill_run;
  if (backfill && backfill->status == RunStatus::kStarted) {
    backfill = interrupted(std::move(*backfill), now);
  }
  return records;
}

}  // namespace

LastState read_last_state(const Database& database, const std::string& season, SystemTime now) {
  const auto connection = database.connect_reader();
  RunHistory history(*connection, season, now);
  auto not_closed = close_open_rows(database, *connection, now);
  auto schedules = read_schedules(*connection, now);
  return {std::move(history), std::move(not_closed), std::move(schedules),
          read_filled(*connection, {})};
}

}  // namespace nbasync
