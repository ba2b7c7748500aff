#include "sync/write_log.hpp"

#include <memory>
#include <utility>

#include "base/text.hpp"
#include "log/log.hpp"
#include "store/old_changes.hpp"
#include "store/old_runs.hpp"
#include "store/run_log.hpp"
#include "store/schema.hpp"

namespace nbasync {
namespace {

constexpr std::int64_t kLargeWriteAheadLog = 64 << 20;  // bytes

// Of transactions in which old rows of the feed go, after each run: what is more goes after the
// next.
constexpr int kMostRemovals = 10;

// Whether something is left in it. `tells`: that this is much.
bool empty_write_ahead_log(Connection& connection, bool tells) {
  const auto work = [&] { return connection.checkpoint(); };
  const auto bytes = attempt(work);
  if (const auto* error = error_of(bytes)) {
    log::warning("write-ahead log not emptied error={}", in_quotes(error->what()));
    return true;
  }
  const auto left = std::get<std::int64_t>(bytes);
  if (tells && left > kLargeWriteAheadLog) {
    log::warning("write-ahead log large bytes={}; a reader has held an old state for long", left);
  }
  return left > 0;
}

// Whether something went.
bool remove_old_changes(Connection& connection, const ChangesKept& kept, SystemTime now,
                        const std::stop_token& stop) {
  int removals = 0;
  const auto work = [&] {
    while (removals < kMostRemovals && old_changes::remove(connection, kept, now, stop)) ++removals;
    return true;
  };
  const auto result = attempt(work);
  if (const auto* error = error_of(result); error != nullptr && !stop.stop_requested()) {
    log::warning("old changes not removed error={}", in_quotes(error->what()));
  }
  return removals > 0;
}

}  // namespace

LogWriter::Write write_log_to(const Database& database, std::optional<Duration> busy_timeout,
                              NoteRun note) {
  const auto connection = std::make_shared<std::unique_ptr<Connection>>();
  return [&database, busy_timeout, connection, note = std::move(note), failed = false](
             const LogBatch& batch, const std::stop_token& stop) mutable {
    try {
      if (!*connection) {
        *connection = database.connect_writer(busy_timeout);
        if (std::exchange(failed, false)) bring_up_to_date(**connection, stop);  // tables dropped
      }
      if (batch.has_rows()) {
        (*connection)
            ->write(
                [&] {
                  for (const auto& run : batch.runs) {
                    if (!run.dry_run) run_log::write(**connection, run, stop);
                    note(**connection, run, stop);
                  }
                  schedule_store::write(**connection, batch.schedules, stop);
                  if (batch.history_end) old_runs::remove(**connection, *batch.history_end, stop);
                },
                stop);
      }
      const bool removed =
          batch.kept && remove_old_changes(**connection, *batch.kept, batch.now, stop);
      // What old rows are on would fill its cache in the end, for rows that nobody reads again. Not
      // after each row of a run: the next one is on the same pages.
      if (batch.tidies_up || batch.kept || batch.runs.empty()) (*connection)->release_memory();
      return (batch.tidies_up || removed || batch.empties_log) &&
             empty_write_ahead_log(**connection, batch.tidies_up);
    } catch (...) {
      connection->reset();  // the next batch gets a fresh one, and the tables that it lacks
      failed = true;
      throw;
    }
  };
}

}  // namespace nbasync
