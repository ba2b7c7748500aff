#include "store/schedule_store.hpp"

#include <set>
#include <utility>

#include "base/format.hpp"
#include "model/fields.hpp"
#include "store/run_log.hpp"

namespace nbasync {
namespace {

constexpr const char* kPaused = "paused";

constexpr OwnColumn kSchedules[] = {{"name", "TEXT NOT NULL PRIMARY KEY"},
                                    {"rule", "TEXT NOT NULL"},
                                    {"decided_until", "TEXT NOT NULL"}};
constexpr OwnColumn kSettings[] = {{"key", "TEXT NOT NULL PRIMARY KEY"}, {"value", "TEXT"}};

// Of nbasync_decisions, from the one list of a decision's fields: all are text.
const std::vector<OwnColumn>& decision_columns() {
  static const auto kColumns = [] {
    std::vector<OwnColumn> list = {{"id", "INTEGER PRIMARY KEY"}};
    const Decision none;
    visit_fields(none, [&](const Field& field, const auto&) {
      list.push_back({field.name, "TEXT"});
    });
    return list;
  }();
  return kColumns;
}

// "at, schedule, …" or "$1, $2, …".
std::string list_of_columns(bool as_parameters) {
  std::string list;
  for (std::size_t column = 1; column < decision_columns().size(); ++column) {
    if (column > 1) list += ", ";
    list += as_parameters ? format("${}", column) : std::string(decision_columns()[column].name);
  }
  return list;
}

Value to_value(const std::string& text) { return text; }
Value to_value(SystemTime time) { return format_utc(time, true); }
Value to_value(DecisionKind kind) { return std::string(to_string(kind)); }

void from_text(const std::string& stored, std::string& text) { text = stored; }
void from_text(const std::string& stored, SystemTime& time) {
  time = parse_utc(stored).value_or(SystemTime{});
}
void from_text(const std::string& stored, DecisionKind& kind) {
  kind = read_word<DecisionKind>(stored);
}

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
  const auto insert = format("INSERT INTO nbasync_decisions ({}) VALUES ({})",
                             list_of_columns(false), list_of_columns(true));
  for (const auto& decision : decisions) {
    std::vector<Value> values;
    visit_fields(decision,
                 [&](const Field&, const auto& value) { values.push_back(to_value(value)); });
    connection.run(insert, values, stop);
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
      {"nbasync_schedules", kSchedules},
      {"nbasync_decisions", decision_columns(),
       "CREATE INDEX IF NOT EXISTS nbasync_decisions_schedule ON nbasync_decisions (schedule, "
       "id);"},
      {"nbasync_settings", kSettings},
  };
  return kTables;
}

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
      format("SELECT {} FROM nbasync_decisions ORDER BY id", list_of_columns(false)), {},
      [&](const Row& row) {
        Decision decision;
        std::size_t column = 0;
        visit_fields(decision,
                     [&](const Field&, auto& value) { from_text(to_text(row[column++]), value); });
        records.decisions.push_back(std::move(decision));
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
