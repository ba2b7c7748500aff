#include "store/run_log.hpp"

#include <algorithm>
#include <utility>

#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "model/fields.hpp"

namespace nbasync::run_log {
namespace {

// What we write has it, what a predecessor wrote has not.
constexpr const char* kIsOurs = "requested_at IS NOT NULL";

Value to_value(const std::string& text) {
  return text.empty() ? Value() : Value(printable(text, kLongestMessage));
}
Value to_value(const std::optional<SystemTime>& time) {
  return time ? Value(format_utc(*time, true)) : Value();
}
Value to_value(RunStatus status) { return std::string(to_string(status)); }
Value to_value(double number) { return number; }
Value to_value(std::int64_t number) { return number; }

// The columns, in the order of the run's one list; run_id is the first.
const std::vector<std::string>& columns() {
  static const auto kColumns = [] {
    std::vector<std::string> names;
    const RunRecord none;
    RunRecord::columns(none,
                       [&](const Field& field, const auto&) { names.emplace_back(field.name); });
    return names;
  }();
  return kColumns;
}

std::vector<Value> values_of(const RunRecord& run) {
  std::vector<Value> values;
  RunRecord::columns(run,
                     [&](const Field&, const auto& value) { values.push_back(to_value(value)); });
  return values;
}

// What others wrote may be long: no more of it is read than we would have written.
std::string read_column(const char* name, const std::string&) {
  return format("substr({}, 1, {})", name, kLongestMessage);
}
template <typename T>
std::string read_column(const char* name, const T&) {
  return name;
}

std::string select(const std::string& where) {
  std::string names;
  const RunRecord none;
  RunRecord::columns(none, [&](const Field& field, const auto& value) {
    names += format("{}, ", read_column(field.name, value));
  });
  return format("SELECT {}id FROM data_sync_log WHERE {}", names, where);
}

// The predecessor wrote "2025-12-01 17:30:00.123456", sometimes with a T or an offset of zero.
std::optional<SystemTime> read_time(std::string text) {
  if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
  if (const auto plus = text.find("+00:00"); plus != std::string::npos) text.resize(plus);
  if (!text.empty() && text.back() != 'Z') text += 'Z';
  return parse_utc(text);
}

void from_cell(const Cell& cell, std::string& text) {
  text = printable(to_text(cell), kLongestMessage);
}
void from_cell(const Cell& cell, std::optional<SystemTime>& time) {
  time = read_time(to_text(cell));
}
void from_cell(const Cell& cell, RunStatus& status) {
  status = read_word<RunStatus>(to_text(cell));
}
void from_cell(const Cell& cell, double& number) { number = to_real(cell); }
void from_cell(const Cell& cell, std::int64_t& number) { number = to_integer(cell); }

RunRecord read(const Row& row) {
  RunRecord run;
  std::size_t column = 0;
  RunRecord::columns(run, [&](const Field&, auto& value) { from_cell(row[column++], value); });
  if (run.run_id.empty()) run.run_id = "legacy-" + to_text(row[column]);
  // What a predecessor began and never ended, nobody will end.
  if (!run.requested_at && run.status == RunStatus::kStarted) {
    run.status = RunStatus::kInterrupted;
  }
  return run;
}

std::vector<RunRecord> read_all(Connection& connection, const std::string& sql,
                                std::span<const Value> values, const std::stop_token& stop) {
  std::vector<RunRecord> runs;
  connection.each(
      sql, values, [&](const Row& row) { runs.push_back(read(row)); }, stop);
  return runs;
}

// Unless it is there. A predecessor's columns may forbid NULL, also those that we do not know.
void insert(Connection& connection, const std::vector<StoredColumn>& stored,
            std::vector<Value> values, const std::stop_token& stop) {
  std::string names;
  std::string places;
  std::size_t known = 0;
  for (const auto& name : columns()) {
    auto& value = values[known++];
    const auto* column = find_column(stored, name);
    if (value.index() == 0 && column != nullptr && column->not_null) value = stand_in(*column);
    names += format("{}{}", known == 1 ? "" : ", ", name);
    places += format("{}${}", known == 1 ? "" : ", ", known);
  }
  for (const auto& column : stored) {
    bool is_given = column.key > 0 || !column.not_null || column.has_default;
    for (const auto& name : columns()) is_given = is_given || same_name(name, column.name);
    if (is_given) continue;
    values.push_back(stand_in(column));
    names += format(", \"{}\"", column.name);
    places += format(", ${}", values.size());
  }
  connection.run(format("INSERT INTO data_sync_log ({}) SELECT {} WHERE NOT EXISTS (SELECT 1 FROM "
                        "data_sync_log WHERE run_id = $1 AND {})",
                        names, places, kIsOurs),
                 values, stop);
}

// An end stays. Of who was interrupted while he wrote one, it may be there all the same: its answer
// was lost.
void write_row(Connection& connection, const std::vector<StoredColumn>& stored, RunRecord run,
               const std::stop_token& stop) {
  static const std::string kUpdate = [] {
    std::string sets;
    std::size_t status = 0;
    for (std::size_t c = 1; c < columns().size(); ++c) {
      sets += format("{}{} = ${}", c == 1 ? "" : ", ", columns()[c], c + 1);
      if (columns()[c] == "status") status = c + 1;
    }
    return format(
        "UPDATE data_sync_log SET {} WHERE run_id = $1 AND {} AND (${} <> '{}' OR status = '{}')",
        sets, kIsOurs, status, to_string(RunStatus::kInterrupted), to_string(RunStatus::kStarted));
  }();
  if (!run.requested_at) run.requested_at = run.started_at;
  const auto values = values_of(run);
  connection.run(kUpdate, values, stop);
  insert(connection, stored, values, stop);  // how many it updated, a Connection::write is not told
}

}  // namespace

void write(Connection& connection, const RunRecord& run, const std::stop_token& stop) {
  const auto stored = connection.columns_of("data_sync_log", stop);
  write_row(connection, stored, run, stop);
  for (const auto& step : run.steps) write_row(connection, stored, step, stop);
}

std::optional<RunRecord> find(Connection& connection, const std::string& run_id,
                              const std::stop_token& stop) {
  static const std::string kSql =
      select(format("{} OR (run_id IS NULL AND 'legacy-' || id = $1) ORDER BY id", kOfRun));
  const Value values[] = {run_id};
  std::optional<RunRecord> run;
  std::vector<RunRecord> steps;
  for (auto& row : read_all(connection, kSql, values, stop)) {
    if (row.run_id == run_id) {
      run = std::move(row);
    } else {
      steps.push_back(std::move(row));
    }
  }
  if (run) run->steps = std::move(steps);
  return run;
}

std::vector<RunRecord> list(Connection& connection, unsigned limit, const RunFilter& filter,
                            const std::stop_token& stop) {
  // Only what is asked for is in the condition: so an index serves it.
  std::string where = kIsRun;
  std::vector<Value> values;
  const auto require = [&](const char* column, const std::string& value) {
    if (value.empty()) return;
    values.emplace_back(value);
    where += format(" AND {} = ${}", column, values.size());
  };
  require("sync_type", filter.sync_type);
  require("status", filter.status);
  values.emplace_back(std::int64_t{limit});
  where += format(" ORDER BY id DESC LIMIT ${}", values.size());
  return read_all(connection, select(where), values, stop);
}

std::map<std::string, SystemTime> last_success(Connection& connection, const std::string& season,
                                               const std::stop_token& stop) {
  std::map<std::string, SystemTime> times;
  for (const auto type : sync_types()) {
    // The last one, not the latest time: a clock that was wrong may have written that. And a
    // predecessor's times have other forms, and may be none.
    const Value values[] = {std::string(type), season};
    connection.each(
        "SELECT completed_at FROM data_sync_log WHERE sync_type = $1 AND status = 'success' AND "
        "coalesce(season, $2) = $2 ORDER BY id DESC LIMIT 20",
        values,
        [&](const Row& row) {
          const auto time = read_time(to_text(row[0]));
          if (time) times.try_emplace(std::string(type), *time);
        },
        stop);
  }
  return times;
}

std::vector<RunRecord> open_rows(Connection& connection, const std::stop_token& stop) {
  static const std::string kSql = select(format("status = 'started' AND {}", kIsOurs));
  return read_all(connection, kSql, {}, stop);
}

}  // namespace nbasync::run_log
