#include "store/schedule_store.hpp"

#include <set>

#include "store/run_log.hpp"

namespace nbasync {
namespace {

constexpr const char* kPaused = "paused";

constexpr OwnColumn kSchedules[] = {{"name", "TEXT NOT NULL PRIMARY KEY"},
                                    {"rule", "TEXT NOT NULL"},
                                    {"decided_until", "TEXT NOT NULL"}};
constexpr OwnColumn kDecisions[] = {{"id", "INTEGER PRIMARY KEY"},
                                    {"at", "TEXT NOT NULL"},
                                    {"schedule", "TEXT NOT NULL"},
                                    {"sync_type", "TEXT"},
                                    {"decision", "TEXT NOT NULL"},
                                    {"reason", "TEXT"},
                                    {"run_id", "TEXT"}};
constexpr OwnColumn kSettings[] = {{"key", "TEXT NOT NULL PRIMARY KEY"}, {"value", "TEXT"}};

constexpr OwnTable kTables[] = {
    {"nbasync_schedules", kSchedules},
    {"nbasync_decisions", kDecisions,
     "CREATE INDEX IF NOT EXISTS nbasync_decisions_schedule ON nbasync_decisions (schedule, id);"},
    {"nbasync_settings", kSettings},
};

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

// The last run of each schedule that is remembered.
void read_last_runs(Connection& connection, ScheduleRecords& records, const std::stop_token& stop) {
  for (const auto& [name, memory] : records.memories) {
    const Value values[] = {"schedule:" + name};
    std::string run_id;
    connection.each(
        "SELECT run_id FROM data_sync_log WHERE triggered_by = $1 AND run_id NOT LIKE '%/%' ORDER "
        "BY id DESC LIMIT 1",
        values, [&](const Row& row) { run_id = to_text(row[0]); }, stop);
    if (run_id.empty()) continue;
    if (const auto run = run_log::find(connection, run_id, stop)) records.last_runs[name] = *run;
  }
}

void write_memories(Connection& connection, const ScheduleChanges& changes,
                    const std::stop_token& stop) {
  for (const auto& [name, memory] : changes.memories) {
    if (memory) {
      const Value values[] = {name, memory->rule, format_utc(memory->decided_until, true)};
      connection.run(
          "INSERT INTO nbasync_schedules (name, rule, decided_until) VALUES ($1, $2, $3) ON "
          "CONFLICT (name) DO UPDATE SET rule = $2, decided_until = $3",
          values, stop);
    } else {
      const Value values[] = {name};
      connection.run("DELETE FROM nbasync_schedules WHERE name = $1", values, stop);
    }
  }
}

void write_decisions(Connection& connection, const std::vector<Decision>& decisions,
                     const std::stop_token& stop) {
  std::set<std::string> schedules;
  for (const auto& decision : decisions) {
    const Value values[] = {
        format_utc(decision.at, true),         decision.schedule, text_or_null(decision.sync_type),
        std::string(to_string(decision.kind)), decision.reason,   text_or_null(decision.run_id)};
    connection.run(
        "INSERT INTO nbasync_decisions (at, schedule, sync_type, decision, reason, run_id) VALUES "
        "($1, $2, $3, $4, $5, $6)",
        values, stop);
    schedules.insert(decision.schedule);
  }
  for (const auto& schedule : schedules) {
    const Value values[] = {schedule, std::int64_t{schedule_store::kDecisionsKept}};
    connection.run(
        "DELETE FROM nbasync_decisions WHERE schedule = $1 AND id <= (SELECT id FROM "
        "nbasync_decisions WHERE schedule = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)",
        values, stop);
  }
}

}  // namespace

std::span<const OwnTable> schedule_tables() { return kTables; }

ScheduleRecords schedule_store::read(Connection& connection, const std::stop_token& stop) {
  ScheduleRecords records;
  connection.each(
      "SELECT name, rule, decided_until FROM nbasync_schedules", {},
      [&](const Row& row) {
        const auto until = parse_utc(to_text(row[2]));
        if (until) records.memories[to_text(row[0])] = {to_text(row[1]), *until};
      },
      stop);
  read_last_runs(connection, records, stop);
  connection.each(
      "SELECT at, schedule, sync_type, decision, reason, run_id FROM nbasync_decisions ORDER BY id",
      {},
      [&](const Row& row) {
        records.decisions.push_back(
            {parse_utc(to_text(row[0])).value_or(SystemTime{}), to_text(row[1]), to_text(row[2]),
             read_word<DecisionKind>(to_text(row[3])), to_text(row[4]), to_text(row[5])});
      },
      stop);
  const Value key[] = {std::string(kPaused)};
  connection.each(
      "SELECT value FROM nbasync_settings WHERE key = $1", key,
      [&](const Row& row) { records.paused = to_text(row[0]) == "true"; }, stop);
  return records;
}

void schedule_store::write(Connection& connection, const ScheduleChanges& changes,
                           const std::stop_token& stop) {
  write_memories(connection, changes, stop);
  write_decisions(connection, changes.decisions, stop);
  if (!changes.paused) return;
  const Value values[] = {std::string(kPaused), std::string(*changes.paused ? "true" : "false")};
  connection.run(
      "INSERT INTO nbasync_settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET "
      "value = $2",
      values, stop);
}

}  // namespace nbasync
