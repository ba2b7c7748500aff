#include "store/schedule_store.hpp"

#include <charconv>
#include <functional>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include "base/format.hpp"
#include "model/fields.hpp"
#include "store/run_log.hpp"

namespace nbasync {
namespace {

constexpr const char* kPaused = "paused";

constexpr OwnColumn kSettings[] = {{"key", "TEXT NOT NULL PRIMARY KEY"}, {"value", "TEXT"}};

// The columns of a list of fields, all text, after those that are given.
template <typename Object>
std::vector<OwnColumn> columns_of(std::vector<OwnColumn> list, std::size_t required) {
  const Object none{};
  visit_fields(none, [&](const Field& field, const auto&) {
    list.push_back({field.name, list.size() <= required ? "TEXT NOT NULL" : "TEXT"});
  });
  return list;
}

const std::vector<OwnColumn>& schedule_columns() {
  static const auto kColumns =
      columns_of<ScheduleMemory>({{"name", "TEXT NOT NULL PRIMARY KEY"}}, 2);
  return kColumns;
}

const std::vector<OwnColumn>& decision_columns() {
  static const auto kColumns = columns_of<Decision>({{"id", "INTEGER PRIMARY KEY"}}, 0);
  return kColumns;
}

// "at, schedule, …", from the column of this number on; or, of each, what `text` makes of it.
std::string list_of(const std::vector<OwnColumn>& columns, std::size_t first,
                    const std::function<std::string(std::size_t)>& text) {
  std::string list;
  for (auto column = first; column < columns.size(); ++column) {
    if (column > first) list += ", ";
    list += text(column);
  }
  return list;
}
std::string names_of(const std::vector<OwnColumn>& columns, std::size_t first) {
  return list_of(columns, first, [&](std::size_t at) { return std::string(columns[at].name); });
}
std::string parameters_of(const std::vector<OwnColumn>& columns, std::size_t first) {
  return list_of(columns, first, [&](std::size_t at) { return format("${}", at + 1 - first); });
}

Value to_value(const std::string& text) { return text; }
Value to_value(SystemTime time) { return format_utc(time, true); }
Value to_value(DecisionKind kind) { return std::string(to_string(kind)); }
Value to_value(unsigned number) { return std::to_string(number); }
Value to_value(const std::optional<SystemTime>& time) {
  return time ? to_value(*time) : Value(std::string());
}
Value to_value(const std::vector<std::string>& words) {
  return format("{}", fmt::join(words, " "));
}
Value to_value(const std::vector<SystemTime>& times) {
  std::vector<std::string> words;
  words.reserve(times.size());
  for (const auto time : times) words.push_back(format_utc(time, true));
  return to_value(words);
}

void from_text(const std::string& stored, std::string& text) { text = stored; }
void from_text(const std::string& stored, SystemTime& time) {
  time = parse_utc(stored).value_or(SystemTime{});
}
void from_text(const std::string& stored, DecisionKind& kind) {
  kind = read_word<DecisionKind>(stored);
}
void from_text(const std::string& stored, unsigned& number) {
  std::from_chars(stored.data(), stored.data() + stored.size(), number);
}
void from_text(const std::string& stored, std::optional<SystemTime>& time) {
  time = parse_utc(stored);
}
void from_text(const std::string& stored, std::vector<std::string>& words) {
  std::istringstream stream(stored);
  words.assign(std::istream_iterator<std::string>(stream), {});
}
void from_text(const std::string& stored, std::vector<SystemTime>& times) {
  std::vector<std::string> words;
  from_text(stored, words);
  for (const auto& word : words) {
    if (const auto time = parse_utc(word)) times.push_back(*time);
  }
}

template <typename Object>
void read_fields(const Row& row, std::size_t column, Object& object) {
  visit_fields(object,
               [&](const Field&, auto& value) { from_text(to_text(row[column++]), value); });
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
  const auto& columns = schedule_columns();
  const auto upsert = format(
      "INSERT INTO nbasync_schedules ({}) VALUES ({}) ON CONFLICT (name) DO UPDATE SET {}",
      names_of(columns, 0), parameters_of(columns, 0), list_of(columns, 1, [&](std::size_t at) {
        return format("{} = ${}", columns[at].name, at + 1);
      }));
  for (const auto& [name, memory] : changes.memories) {
    std::vector<Value> values = {name};
    if (memory) {
      visit_fields(*memory,
                   [&](const Field&, const auto& value) { values.push_back(to_value(value)); });
      connection.run(upsert, values, stop);
    } else {
      connection.run("DELETE FROM nbasync_schedules WHERE name = $1", values, stop);
    }
  }
}

void write_decisions(Connection& connection, const std::vector<Decision>& decisions,
                     const std::stop_token& stop) {
  std::set<std::string> schedules;
  const auto insert = format("INSERT INTO nbasync_decisions ({}) VALUES ({})",
                             names_of(decision_columns(), 1), parameters_of(decision_columns(), 1));
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
      {"nbasync_schedules", schedule_columns()},
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
      format("SELECT {} FROM nbasync_schedules", names_of(schedule_columns(), 0)), {},
      [&](const Row& row) { read_fields(row, 1, records.memories[to_text(row[0])]); }, stop);
  std::erase_if(records.memories,
                [](const auto& item) { return item.second.decided_until == SystemTime{}; });
  read_runs(connection, records, stop);
  connection.each(
      format("SELECT {} FROM nbasync_decisions ORDER BY id", names_of(decision_columns(), 1)), {},
      [&](const Row& row) { read_fields(row, 0, records.decisions.emplace_back()); }, stop);
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
