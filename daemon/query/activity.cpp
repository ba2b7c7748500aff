#include "query/activity.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "db/json_text.hpp"
#include "model/run_status.hpp"

namespace nbasync {
namespace {

constexpr std::size_t kDate = 10;  // "2026-01-15"

// What there is of a day, and its sums.
struct Day {
  std::int64_t runs = 0;
  std::int64_t failed = 0;
  std::int64_t requests = 0;
  std::int64_t bytes = 0;
  std::vector<double> seconds;
  std::vector<double> waits;
  std::map<std::string, std::int64_t, std::less<>> changed;
};

// The places of the columns in the SELECT of days().
enum Place : std::uint8_t {
  kRunId,
  kType,
  kStatus,
  kRequested,
  kStarted,
  kSeconds,
  kRequests,
  kBytes,
  kChanged
};

double seconds_between(const Cell& from, const Cell& to) {
  const auto begin = parse_utc(to_text(from));
  const auto end = parse_utc(to_text(to));
  if (!begin || !end) return 0;
  return std::max(0.0, std::chrono::duration<double>(*end - *begin).count());
}

// A step tells of its dataset, and the run above it of all the rest.
void add(Day& day, const Row& row) {
  const bool is_step = to_text(row[kRunId]).find('/') != std::string::npos;
  const auto type = to_text(row[kType]);
  const auto changed = to_integer(row[kChanged]);
  if (find_dataset(type) != nullptr && changed > 0) day.changed[type] += changed;
  if (is_step) return;
  const auto status = to_text(row[kStatus]);
  ++day.runs;
  if (status == to_string(RunStatus::kFailed) || status == to_string(RunStatus::kTimeout)) {
    ++day.failed;
  }
  day.requests += to_integer(row[kRequests]);
  day.bytes += to_integer(row[kBytes]);
  day.waits.push_back(seconds_between(row[kRequested], row[kStarted]));
  if (status != to_string(RunStatus::kStarted)) day.seconds.push_back(to_real(row[kSeconds]));
}

// The one in the middle, the lower one of two; 0 of none.
double median(std::vector<double>& numbers) {
  if (numbers.empty()) return 0;
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>((numbers.size() - 1) / 2);
  std::ranges::nth_element(numbers, middle);
  return *middle;
}

double largest(const std::vector<double>& numbers) {
  return numbers.empty() ? 0 : *std::ranges::max_element(numbers);
}

std::string json_of(const std::string& name, Day& day) {
  std::string changed;
  for (const auto& [dataset, rows] : day.changed) {
    changed += format("{}\"{}\":{}", changed.empty() ? "" : ",", dataset, rows);
  }
  return format(
      "{{\"day\":\"{}\",\"runs\":{},\"failed\":{},\"seconds_p50\":{:.3f},\"seconds_max\":{:.3f},"
      "\"wait_p50\":{:.3f},\"wait_max\":{:.3f},\"requests\":{},\"bytes_received\":{},"
      "\"changed\":{{{}}}}}",
      name, day.runs, day.failed, median(day.seconds), largest(day.seconds), median(day.waits),
      largest(day.waits), day.requests, day.bytes, changed);
}

std::string days(Connection& connection, SystemTime since, const std::stop_token& stop) {
  std::map<std::string, Day, std::less<>> days;
  const Value values[] = {format_utc(since, true)};
  connection.each(
      "SELECT run_id, sync_type, status, requested_at, started_at, duration_seconds, "
      "request_count, bytes_received, coalesce(inserted_count, 0) + coalesce(updated_count, 0) + "
      "coalesce(deleted_count, 0) FROM data_sync_log WHERE started_at >= $1 AND requested_at IS "
      "NOT NULL",
      values, [&](const Row& row) { add(days[to_text(row[kStarted]).substr(0, kDate)], row); },
      stop);
  std::string json;
  for (auto& [name, day] : days) json += (json.empty() ? "" : ",") + json_of(name, day);
  return json;
}

// Of a dataset that never succeeded nothing.
std::string last_success(Connection& connection, std::string_view dataset,
                         const std::stop_token& stop) {
  std::string json;
  const Value values[] = {std::string(dataset)};
  connection.each(
      format("SELECT run_id, completed_at, records_synced, inserted_count, updated_count, "
             "deleted_count FROM data_sync_log WHERE sync_type = $1 AND status = '{}' AND "
             "requested_at IS NOT NULL ORDER BY id DESC LIMIT 1",
             to_string(RunStatus::kSuccess)),
      values,
      [&](const Row& row) {
        json = format("{{\"name\":\"{}\"", dataset);
        for (std::size_t c = 0; c < row.size(); ++c) {
          json += format(",\"{}\":", row.names[c]);
          append_json_cell(json, row[c]);
        }
        json += '}';
      },
      stop);
  return json;
}

}  // namespace

std::string activity(Connection& connection, SystemTime since, const std::stop_token& stop) {
  const auto of_days = days(connection, since, stop);
  std::string of_datasets;
  for (const auto* dataset : catalog()) {
    const auto last = last_success(connection, dataset->name, stop);
    if (!last.empty()) of_datasets += (of_datasets.empty() ? "" : ",") + last;
  }
  return format("{{\"days\":[{}],\"datasets\":[{}]}}\n", of_days, of_datasets);
}

}  // namespace nbasync
