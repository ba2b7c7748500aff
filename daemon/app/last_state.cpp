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

LastState read_last_state(Connection& connection, const std::string& season, SystemTime now) {
  LastState state{RunHistory(connection, season, now),
                  {},
                  read_schedules(connection, now),
                  read_filled(connection, {})};
  for (auto& row : run_log::open_rows(connection, {})) {
    state.not_closed.push_back(interrupted(std::move(row), now));
  }
  return state;
}

void close_open_rows(const Database& database, LastState& state) {
  if (state.not_closed.empty()) return;
  log::warning("sync log closed rows={} status=interrupted", state.not_closed.size());
  LogBatch batch;
  batch.runs = state.not_closed;
  try {
    write_log_to(database, kStartPatience)(batch, {});
    state.not_closed.clear();
  } catch (const Error&) {  // NOLINT(bugprone-empty-catch): who holds it is not waited for
  }
}

}  // namespace nbasync
