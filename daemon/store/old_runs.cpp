#include "store/old_runs.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "store/run_log.hpp"

namespace nbasync::old_runs {
namespace {

constexpr const char* kKeptKey = "log_kept_to";

// The rows of ours that may go lie between these.
struct Range {
  std::int64_t after = 0;
  std::int64_t before = 0;
};

std::optional<std::int64_t> number(Connection& connection, const std::string& sql,
                                   std::span<const Value> values, const std::stop_token& stop) {
  std::optional<std::int64_t> result;
  connection.each(
      sql, values, [&](const Row& row) { result = to_integer(row[0]); }, stop);
  return result;
}

// Of that type; nullopt if there are not more than are kept.
std::optional<Range> range_of(Connection& connection, const std::string& type,
                              const std::stop_token& stop) {
  const Value key[] = {std::string(kKeptKey)};
  const auto after = number(
      connection, "SELECT CAST(value AS BIGINT) FROM nbasync_meta WHERE key = $1", key, stop);
  const Value last[] = {type, std::int64_t{kKeptOfEachType - 1}};
  const auto before = number(
      connection,
      format("SELECT id FROM data_sync_log WHERE sync_type = $1 AND {} ORDER BY id DESC LIMIT 1 "
             "OFFSET $2",
             run_log::kIsRun),
      last, stop);
  if (!after || !before) return std::nullopt;
  return Range{*after, *before};
}

std::set<std::string> runs_of_last_success(Connection& connection, const std::stop_token& stop) {
  std::set<std::string> runs;
  for (const auto type : sync_types()) {
    const Value values[] = {std::string(type)};
    connection.each(
        "SELECT run_id FROM data_sync_log WHERE sync_type = $1 AND status = 'success' ORDER BY id "
        "DESC LIMIT 1",
        values,
        [&](const Row& row) {
          const auto id = to_text(row[0]);
          runs.insert(id.substr(0, id.find('/')));
        },
        stop);
  }
  return runs;
}

// Oldest first.
std::vector<std::string> oldest(Connection& connection, const std::string& type, const Range& range,
                                SystemTime end, const std::stop_token& stop) {
  std::vector<std::string> runs;
  const Value values[] = {type, range.after, range.before, std::int64_t{kMostAtOnce}};
  connection.each(
      format("SELECT run_id, completed_at FROM data_sync_log WHERE sync_type = $1 AND id > $2 AND "
             "id < $3 AND {} ORDER BY id LIMIT $4",
             run_log::kIsRun),
      values,
      [&](const Row& row) {
        const auto completed = parse_utc(to_text(row[1]));
        if (completed && *completed < end) runs.push_back(to_text(row[0]));
      },
      stop);
  return runs;
}

}  // namespace

void keep_what_is_there(Connection& connection) {
  const Value key[] = {std::string(kKeptKey)};
  connection.run(
      "INSERT INTO nbasync_meta (key, value) SELECT $1, coalesce(max(id), 0) FROM data_sync_log "
      "WHERE true ON CONFLICT (key) DO NOTHING",
      key, {});
}

void remove(Connection& connection, SystemTime end, const std::stop_token& stop) {
  const auto kept = runs_of_last_success(connection, stop);
  for (const auto type : sync_types()) {
    const auto range = range_of(connection, std::string(type), stop);
    if (!range) continue;
    for (const auto& run_id : oldest(connection, std::string(type), *range, end, stop)) {
      if (kept.contains(run_id)) continue;
      const Value values[] = {run_id};
      connection.run(format("DELETE FROM data_sync_log WHERE {}", run_log::kOfRun), values, stop);
    }
  }
}

}  // namespace nbasync::old_runs
