#include "query/timeline.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/format.hpp"
#include "db/json_text.hpp"
#include "model/decision.hpp"
#include "model/fields.hpp"

namespace nbasync {
namespace {

constexpr std::string_view kRunColumns =
    "run_id, sync_type, status, triggered_by, requested_at, started_at, completed_at, "
    "records_synced, inserted_count, updated_count, deleted_count, error_code";

// A run that was cancelled while it waited has not been started.
constexpr std::string_view kSince =
    "(started_at >= $1 OR (started_at IS NULL AND requested_at >= $1))";

void append_names(std::string& json, const Row& row) {
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (c > 0) json += ',';
    append_json_string(json, row.names[c]);
  }
}

void append_cells(std::string& json, const Row& row) {
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (c > 0) json += ',';
    append_json_cell(json, row[c]);
  }
}

void append_object(std::string& json, const Row& row) {
  json += '{';
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (c > 0) json += ',';
    append_json_string(json, row.names[c]);
    json += ':';
    append_json_cell(json, row[c]);
  }
  json += '}';
}

std::string runs(Connection& connection, const std::string& since, const std::stop_token& stop) {
  std::vector<std::string> newest;
  std::string names;
  const Value values[] = {since, std::int64_t{kMostTimelineRuns} + 1};
  connection.each(
      format("SELECT {} FROM data_sync_log WHERE {} AND requested_at IS NOT NULL AND run_id NOT "
             "LIKE '%/%' ORDER BY id DESC LIMIT $2",
             kRunColumns, kSince),
      values,
      [&](const Row& row) {
        if (names.empty()) append_names(names, row);
        append_cells(newest.emplace_back(), row);
      },
      stop);
  const bool more = newest.size() > kMostTimelineRuns;
  if (more) newest.pop_back();
  std::string json = format("\"columns\":[{}],\"runs\":[", names);
  for (auto run = newest.rbegin(); run != newest.rend(); ++run) {
    json += format("{}[{}]", run == newest.rbegin() ? "" : ",", *run);
  }
  return json + format("],\"more\":{}", more);
}

std::string decisions(Connection& connection, const std::string& since,
                      const std::stop_token& stop) {
  std::string columns;
  const Decision none;
  Decision::fields(none, [&](const Field& field, const auto&) {
    columns += format("{}{}", columns.empty() ? "" : ", ", field.name);
  });
  std::vector<Value> values{since};
  std::string made_a_run;
  for (const auto kind : {DecisionKind::kRequested, DecisionKind::kFired, DecisionKind::kCaughtUp,
                          DecisionKind::kRetried}) {
    values.emplace_back(std::string(to_string(kind)));
    made_a_run += format("{}${}", made_a_run.empty() ? "" : ", ", values.size());
  }
  std::string json = "\"decisions\":[";
  bool first = true;
  connection.each(
      format("SELECT {} FROM nbasync_decisions WHERE at >= $1 AND decision NOT IN ({}) ORDER BY id",
             columns, made_a_run),
      values,
      [&](const Row& row) {
        if (!first) json += ',';
        first = false;
        append_object(json, row);
      },
      stop);
  return json + ']';
}

}  // namespace

std::string timeline(Connection& connection, SystemTime since, const std::stop_token& stop) {
  const auto from = format_utc(since, true);
  const auto of_runs = runs(connection, from, stop);
  return format("{{{},{}}}\n", of_runs, decisions(connection, from, stop));
}

}  // namespace nbasync
