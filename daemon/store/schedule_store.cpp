#include "store/schedule_store.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <set>
#include <utility>

#include "store/sqlite_error.hpp"

namespace nbasync {
namespace {

constexpr std::chrono::milliseconds kBusyTimeout{30'000};
constexpr const char* kPaused = "paused";

template <typename Function>
auto with_database(const std::string& path, int flags, Function function) {
  try {
    SQLite::Database db(path, flags, static_cast<int>(kBusyTimeout.count()));
    return function(db);
  } catch (const SQLite::Exception& error) {
    throw as_error(error, path, 0, kBusyTimeout);
  }
}

void read_memories(SQLite::Database& db, ScheduleRecords& records) {
  SQLite::Statement rows(db, "SELECT name, rule, decided_until FROM nbasync_schedules");
  while (rows.executeStep()) {
    const auto until = parse_utc(rows.getColumn(2).getString());
    if (!until) continue;
    records.memories[rows.getColumn(0).getString()] = {rows.getColumn(1).getString(), *until};
  }
}

// The last run of each schedule that is remembered.
void read_last_runs(SQLite::Database& db, ScheduleRecords& records) {
  SQLite::Statement row(db,
                        "SELECT run_id, sync_type, status, started_at, completed_at FROM "
                        "data_sync_log WHERE triggered_by = 'schedule:' || ?1 AND "
                        "instr(run_id, '/') = 0 ORDER BY id DESC LIMIT 1");
  for (const auto& [name, memory] : records.memories) {
    row.reset();
    row.bind(1, name);
    if (!row.executeStep()) continue;
    auto& run = records.last_runs[name];
    run.run_id = row.getColumn(0).getString();
    run.sync_type = row.getColumn(1).getString();
    run.status = read_word<RunStatus>(row.getColumn(2).getString());
    run.started_at = parse_utc(row.getColumn(3).getString());
    run.completed_at = parse_utc(row.getColumn(4).getString());
  }
}

void read_decisions(SQLite::Database& db, ScheduleRecords& records) {
  SQLite::Statement rows(db,
                         "SELECT at, schedule, coalesce(sync_type, ''), decision, "
                         "coalesce(reason, ''), coalesce(run_id, '') FROM nbasync_decisions "
                         "ORDER BY id");
  const auto text = [&](int column) { return rows.getColumn(column).getString(); };
  while (rows.executeStep()) {
    records.decisions.push_back({parse_utc(text(0)).value_or(SystemTime{}), text(1), text(2),
                                 read_word<DecisionKind>(text(3)), text(4), text(5)});
  }
}

void write_memories(SQLite::Database& db, const ScheduleChanges& changes) {
  SQLite::Statement remember(db,
                             "INSERT INTO nbasync_schedules (name, rule, decided_until) VALUES "
                             "(?1, ?2, ?3) ON CONFLICT (name) DO UPDATE SET rule = ?2, "
                             "decided_until = ?3");
  SQLite::Statement forget(db, "DELETE FROM nbasync_schedules WHERE name = ?1");
  for (const auto& [name, memory] : changes.memories) {
    auto& statement = memory ? remember : forget;
    statement.reset();
    statement.bind(1, name);
    if (memory) {
      statement.bind(2, memory->rule);
      statement.bind(3, format_utc(memory->decided_until, true));
    }
    statement.exec();
  }
}

void write_decisions(SQLite::Database& db, const std::vector<Decision>& decisions) {
  SQLite::Statement insert(db,
                           "INSERT INTO nbasync_decisions (at, schedule, sync_type, decision, "
                           "reason, run_id) VALUES (?1, ?2, nullif(?3, ''), ?4, ?5, "
                           "nullif(?6, ''))");
  std::set<std::string> schedules;
  for (const auto& decision : decisions) {
    insert.reset();
    insert.bind(1, format_utc(decision.at, true));
    insert.bind(2, decision.schedule);
    insert.bind(3, decision.sync_type);
    insert.bind(4, std::string(to_string(decision.kind)));
    insert.bind(5, decision.reason);
    insert.bind(6, decision.run_id);
    insert.exec();
    schedules.insert(decision.schedule);
  }
  SQLite::Statement trim(db,
                         "DELETE FROM nbasync_decisions WHERE schedule = ?1 AND id <= (SELECT id "
                         "FROM nbasync_decisions WHERE schedule = ?1 ORDER BY id DESC LIMIT 1 "
                         "OFFSET ?2)");
  for (const auto& schedule : schedules) {
    trim.reset();
    trim.bind(1, schedule);
    trim.bind(2, ScheduleStore::kDecisionsKept);
    trim.exec();
  }
}

void write_paused(SQLite::Database& db, bool paused) {
  SQLite::Statement statement(db,
                              "INSERT INTO nbasync_settings (key, value) VALUES (?1, ?2) ON "
                              "CONFLICT (key) DO UPDATE SET value = ?2");
  statement.bind(1, kPaused);
  statement.bind(2, paused ? "true" : "false");
  statement.exec();
}

}  // namespace

ScheduleRecords ScheduleStore::read() {
  return with_database(path_, SQLite::OPEN_READONLY, [](SQLite::Database& db) {
    ScheduleRecords records;
    read_memories(db, records);
    read_last_runs(db, records);
    read_decisions(db, records);
    SQLite::Statement paused(db, "SELECT value FROM nbasync_settings WHERE key = ?1");
    paused.bind(1, kPaused);
    records.paused = paused.executeStep() && paused.getColumn(0).getString() == "true";
    return records;
  });
}

void ScheduleStore::write(const ScheduleChanges& changes) {
  with_database(path_, SQLite::OPEN_READWRITE, [&](SQLite::Database& db) {
    db.exec("PRAGMA synchronous = NORMAL");
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    write_memories(db, changes);
    write_decisions(db, changes.decisions);
    if (changes.paused) write_paused(db, *changes.paused);
    transaction.commit();
  });
}

}  // namespace nbasync
