#include "store/first_game.hpp"

#include <algorithm>

#include "dataset/date.hpp"
#include "dataset/game_id.hpp"

namespace nbasync {

std::optional<SystemTime> first_game(Connection& connection, const std::string& season,
                                     const std::vector<SeasonType>& types,
                                     const std::stop_token& stop) {
  std::optional<SystemTime> first;
  const Value values[] = {season};
  connection.each(
      "SELECT id, coalesce(game_time_utc, ''), substr(game_date, 1, 10) || 'T00:00:00Z' FROM games "
      "WHERE season = $1 AND id LIKE '00%' AND coalesce(status, '') NOT IN ('postponed', "
      "'cancelled')",
      values,
      [&](const Row& row) {
        const auto type = season_type_of(to_text(row[0]));
        if (!type || std::ranges::find(types, *type) == types.end()) return;
        auto time = tip_off(to_text(row[1]));
        if (!time) time = parse_utc(to_text(row[2]));
        if (time && (!first || *time < *first)) first = time;
      },
      stop);
  return first;
}

}  // namespace nbasync
