#include "store/schedule_store.hpp"

#include <set>
#include <string>

#include "base/format.hpp"
#include "model/fields.hpp"
#include "store/run_log.hpp"
#include "store/text_fields.hpp"

namespace nbasync {
namespace {

constexpr OwnColumn kSettings[] = {{"key", "TEXT NOT NULL PRIMARY KEY"}, {"value", "TEXT"}};

const std::vector<OwnColumn>& schedule_columns() {
  static const auto kColumns =
      text_fields::columns_of<ScheduleMemory>({{"name", "TEXT NOT NULL PRIMARY KEY"}}, 2);
  return kColumns;
}

const std::vector<OwnColumn>& decision_columns() {
  static const auto kColumns =
      text_fields::columns_of<Decision>({{"id", "INTEGER PRIMARY KEY"}}, 0);
  return kColumns;
}

// The last run of each schedule that is remembered, and the one that was under way.
void read_runs(Connection& connection, ScheduleRecords& records, const std::stop_token& stop) {
  for (const auto& [name, memory] : records.memories) {
    if (!memory.run_id.empty()) {
      const auto open = run_log::find(connection, memory.run_id, stop);
      if (open) records.open_runs[name] = *open;
    }
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
  const auto upsert = text_fields::upsert("nbasync_schedules", schedule_columns());
  for (const auto& [name, memory] : changes.memories) {
    if (memory) {
      connection.run(upsert, text_fields::values_of(name, *memory), stop);
    } else {
      const Value values[] = {name};
      connection.run("DELETE FROM nbasync_schedules WHERE name = $1", values, stop);
    }
  }
}

void write_decisions(Connection& connection, const std::vector<Decision>& decisions,
                     const std::stop_token& stop) {
  std::set<std::string> schedules;
  const auto insert = format("INSERT INTO nbasync_decisions ({}) VALUES ({})",
                             text_fields::names_of(decision_columns(), 1),
                             text_fields::parameters_of(decision_columns(), 1));
  for (const auto& decision : decisions) {
    connection.run(insert, text_fields::values_of(decision), stop);
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

std::span<const OwnTable> schedule_tables() {
  static const OwnTable kTables[] = {
      {"nbasync_schedules", schedule_columns()},
      {"nbasync_decisions", decision_columns(),
       "CREATE INDEX IF NOT EXISTS nbasync_decisions_schedule ON nbasync_decisions (schedule, "
       "id);"},
      {"nbasync_settings", kSettings},
      backfill_store::table(),
  };
  return kTables;
}

ScheduleRecords schedule_store::read(Connection& connection, const std::stop_token& stop) {
  ScheduleRecords records;
  connection.each(
      format("SELECT {} FROM nbasync_schedules", text_fields::names_of(schedule_columns(), 0)), {},
      [&](const Row& row) { text_fields::read(row, 1, records.memories[to_text(row[0])]); }, stop);
  std::erase_if(records.memories,
                [](const auto& item) { return item.second.decided_until == SystemTime{}; });
  read_runs(connection, records, stop);
  records.backfill = backfill_store::read(connection, stop);
  for (const auto& [season, memory] : records.backfill) {
    if (memory.state != SeasonState::kUnderWay) continue;
    records.backfill_run = run_log::find(connection, memory.run_id, stop);
  }
  connection.each(
      format("SELECT {} FROM nbasync_decisions ORDER BY id",
             text_fields::names_of(decision_columns(), 1)),
      {}, [&](const Row& row) { text_fields::read(row, 0, records.decisions.emplace_back()); },
      stop);
  const Value key[] = {std::string(schedule_store::kPaused)};
  connection.each(
      "SELECT value FROM nbasync_settings WHERE key = $1", key,
      [&](const Row& row) { records.paused = to_text(row[0]) == "true"; }, stop);
  return records;
}

void schedule_store::write(Connection& connection, const ScheduleChanges& changes,
                           const std::stop_token& stop) {
  write_memories(connection, changes, stop);
  write_decisions(connection, changes.decisions, stop);
  backfill_store::write(connection, changes.backfill, stop);
  if (!changes.paused) return;
  const Value values[] = {std::string(schedule_store::kPaused),
                          std::string(*changes.paused ? "true" : "false")};
  connection.run(
      "INSERT INTO nbasync_settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET "
      "value = $2",
      values, stop);
}

}  // namespace nbasync
