#include "store/whole_season.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/clock.hpp"

namespace nbasync {
namespace {

// From the midnight, UTC, that ends the league's day: by then the games of the west coast are over,
// and upstream has told all of them.
constexpr std::chrono::hours kMorning{24 + 9};

std::optional<SystemTime> after_last_final(Connection& connection, const std::string& season,
                                           const std::stop_token& stop) {
  std::string date;
  const Value values[] = {season};
  connection.each(
      "SELECT coalesce(max(substr(game_date, 1, 10)), '') FROM games WHERE season = $1 AND status "
      "= 'final' AND id LIKE '00%'",
      values, [&](const Row& row) { date = to_text(row[0]); }, stop);
  const auto day = parse_utc(date + "T00:00:00Z");
  return day ? std::optional(*day + kMorning) : std::nullopt;
}

bool has_success_since(Connection& connection, const std::string& season,
                       const std::string& dataset, SystemTime time, const std::stop_token& stop) {
  bool any = false;
  const Value values[] = {dataset, season};
  connection.each(
      "SELECT completed_at FROM data_sync_log WHERE sync_type = $1 AND season = $2 AND status = "
      "'success' ORDER BY id DESC LIMIT 20",
      values,
      [&](const Row& row) {
        const auto completed = parse_utc(to_text(row[0]));
        any = any || (completed && *completed >= time);
      },
      stop);
  return any;
}

}  // namespace

bool is_whole(Connection& connection, const std::string& season,
              std::span<const std::string> datasets, const std::stop_token& stop) {
  const auto time = after_last_final(connection, season, stop);
  return time && std::ranges::all_of(datasets, [&](const std::string& dataset) {
           return has_success_since(connection, season, dataset, *time, stop);
         });
}

}  // namespace nbasync
