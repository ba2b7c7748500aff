#include "store/run_log.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <chrono>
#include <functional>
#include <thread>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync {
namespace {

constexpr int kBusyTimeoutMs = 30'000;
constexpr int kTries = 3;

// A step's row has the run id of its run, a slash and the step's name.
constexpr const char* kIsRun = "instr(run_id, '/') = 0";

constexpr const char* kColumns =
    "run_id, sync_type, season, status, triggered_by, requested_at, started_at, completed_at, "
    "duration_seconds, thread_id, records_synced, inserted_count, updated_count, unchanged_count, "
    "deleted_count, request_count, bytes_received, error_code, error_message";

constexpr const char* kUpsert =
    "INSERT INTO data_sync_log (run_id, sync_type, season, status, triggered_by, requested_at, "
    "started_at, completed_at, duration_seconds, thread_id, records_synced, inserted_count, "
    "updated_count, unchanged_count, deleted_count, request_count, bytes_received, error_code, "
    "error_message) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19) "
    "ON CONFLICT (run_id) DO UPDATE SET season=?3, status=?4, started_at=?7, completed_at=?8, "
    "duration_seconds=?9, thread_id=?10, records_synced=?11, inserted_count=?12, "
    "updated_count=?13, unchanged_count=?14, deleted_count=?15, request_count=?16, "
    "bytes_received=?17, error_code=?18, error_message=?19";

void bind_text(SQLite::Statement& statement, int index, const std::string& text) {
  if (text.empty()) {
    statement.bind(index);
  } else {
    statement.bind(index, text);
  }
}

void bind_time(SQLite::Statement& statement, int index, const std::optional<SystemTime>& time) {
  bind_text(statement, index, time ? format_utc(*time, true) : std::string());
}

void upsert(SQLite::Database& db, const RunRecord& run) {
  SQLite::Statement statement(db, kUpsert);
  bind_text(statement, 1, run.run_id);
  bind_text(statement, 2, run.sync_type);
  bind_text(statement, 3, run.season);
  bind_text(statement, 4, std::string(to_string(run.status)));
  bind_text(statement, 5, run.triggered_by);
  bind_time(statement, 6, run.requested_at);
  bind_time(statement, 7, run.started_at);
  bind_time(statement, 8, run.completed_at);
  statement.bind(9, run.duration_seconds);
  const std::int64_t numbers[] = {run.thread_id, run.records_synced, run.inserted,
                                  run.updated,   run.unchanged,      run.deleted,
                                  run.requests,  run.bytes_received};
  int index = 10;
  for (const auto number : numbers) statement.bind(index++, number);
  bind_text(statement, 18, run.error_code);
  bind_text(statement, 19, run.error_message);
  statement.exec();
}

// The predecessor wrote "2025-12-01 17:30:00.123456", sometimes with a T or an offset of zero.
std::optional<SystemTime> read_time(std::string text) {
  if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
  if (const auto plus = text.find("+00:00"); plus != std::string::npos) text.resize(plus);
  if (!text.empty() && text.back() != 'Z') text += 'Z';
  return parse_utc(text);
}

RunRecord read(const SQLite::Statement& row) {
  RunRecord run;
  const auto text = [&](int index) { return row.getColumn(index).getString(); };
  const auto number = [&](int index) { return row.getColumn(index).getInt64(); };
  run.run_id = text(0);
  run.sync_type = text(1);
  run.season = text(2);
  run.status = read_word<RunStatus>(text(3));
  run.triggered_by = text(4);
  run.requested_at = read_time(text(5));
  run.started_at = read_time(text(6));
  run.completed_at = read_time(text(7));
  run.duration_seconds = row.getColumn(8).getDouble();
  run.thread_id = number(9);
  run.records_synced = number(10);
  run.inserted = number(11);
  run.updated = number(12);
  run.unchanged = number(13);
  run.deleted = number(14);
  run.requests = number(15);
  run.bytes_received = number(16);
  run.error_code = text(17);
  run.error_message = text(18);
  return run;
}

SQLite::Database open(const std::string& path, int flags) {
  SQLite::Database db(path, flags, kBusyTimeoutMs);
  return db;
}

// Turns the library's exceptions into ours.
template <typename Function>
auto guarded(const std::string& path, Function function) {
  try {
    return function();
  } catch (const SQLite::Exception& error) {
    const bool busy = error.getErrorCode() == SQLITE_BUSY;
    const bool full = error.getErrorCode() == SQLITE_FULL;
    throw Error(busy   ? Errc::kStorageBusy
                : full ? Errc::kStorageFull
                       : Errc::kStorage,
                format("sync log: {}: {}", path, error.what()));
  }
}

}  // namespace

RunLog::RunLog(std::string path) : path_(std::move(path)) {}

void RunLog::write(const RunRecord& run) {
  for (int attempt = 1;; ++attempt) {
    try {
      guarded(path_, [&] {
        auto db = open(path_, SQLite::OPEN_READWRITE);
        SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
        upsert(db, run);
        for (const auto& step : run.steps) upsert(db, step);
        transaction.commit();
      });
      return;
    } catch (const Error&) {
      if (attempt == kTries) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(50) * (1 << attempt));
    }
  }
}

int RunLog::close_interrupted(SystemTime now) {
  return guarded(path_, [&] {
    auto db = open(path_, SQLite::OPEN_READWRITE);
    SQLite::Statement statement(
        db,
        "UPDATE data_sync_log SET status = 'interrupted', completed_at = ?1, "
        "error_code = 'interrupted', error_message = coalesce(error_message, 'the process that ran "
        "it ended before the sync did') WHERE status = 'started'");
    statement.bind(1, format_utc(now, true));
    return statement.exec();
  });
}

std::optional<RunRecord> RunLog::find(const std::string& run_id) {
  return guarded(path_, [&]() -> std::optional<RunRecord> {
    auto db = open(path_, SQLite::OPEN_READONLY);
    // '0' is the character after '/': the range holds the run and its steps, by the index.
    SQLite::Statement statement(
        db, format("SELECT {} FROM data_sync_log WHERE run_id = ?1 OR (run_id > ?1 || '/' AND "
                   "run_id < ?1 || '0') ORDER BY id",
                   kColumns));
    statement.bind(1, run_id);
    std::optional<RunRecord> run;
    std::vector<RunRecord> steps;
    while (statement.executeStep()) {
      RunRecord row = read(statement);
      if (row.run_id == run_id) {
        run = std::move(row);
      } else {
        steps.push_back(std::move(row));
      }
    }
    if (run) run->steps = std::move(steps);
    return run;
  });
}

std::vector<RunRecord> RunLog::list(unsigned limit, const RunFilter& filter) {
  return guarded(path_, [&] {
    auto db = open(path_, SQLite::OPEN_READONLY);
    SQLite::Statement statement(
        db, format("SELECT {} FROM data_sync_log WHERE {} AND (?1 = '' OR sync_type = ?1) AND "
                   "(?2 = '' OR status = ?2) ORDER BY id DESC LIMIT ?3",
                   kColumns, kIsRun));
    statement.bind(1, filter.sync_type);
    statement.bind(2, filter.status);
    statement.bind(3, limit);
    std::vector<RunRecord> runs;
    while (statement.executeStep()) runs.push_back(read(statement));
    return runs;
  });
}

std::map<std::string, SystemTime> RunLog::last_success() {
  return guarded(path_, [&] {
    auto db = open(path_, SQLite::OPEN_READONLY);
    SQLite::Statement statement(db,
                                "SELECT sync_type, max(completed_at) FROM data_sync_log WHERE "
                                "status = 'success' GROUP BY sync_type");
    std::map<std::string, SystemTime> times;
    while (statement.executeStep()) {
      if (const auto time = read_time(statement.getColumn(1).getString())) {
        times.emplace(statement.getColumn(0).getString(), *time);
      }
    }
    return times;
  });
}

}  // namespace nbasync
