#include "store/stored_games.hpp"

#include <cstdint>
#include <optional>

namespace nbasync {
// A predecessor's dates have a time behind them.
void read_games(Connection& connection, const std::string& season, const std::stop_token& stop,
                const std::function<void(const std::string& id, StoredGame)>& told) {
  const Value values[] = {season};
  connection.each(
      "SELECT id, game_date, coalesce(game_time_utc, ''), home_team_id, away_team_id, home_score, "
      "away_score, coalesce(status, ''), is_neutral, "
      "arena IS NOT NULL OR label IS NOT NULL OR is_neutral IS NOT NULL OR game_time_utc IS NOT "
      "NULL "
      "FROM games WHERE season = $1 AND id LIKE '00%'",
      values,
      [&](Row row) {
        StoredGame game{to_text(row[1]).substr(0, 10),
                        to_text(row[2]),
                        to_maybe_integer(row[3]),
                        to_maybe_integer(row[4]),
                        to_maybe_integer(row[5]),
                        to_maybe_integer(row[6]),
                        to_text(row[7]),
                        std::nullopt,
                        to_integer(row[9]) != 0};
        if (const auto neutral = to_maybe_integer(row[8])) game.is_neutral = *neutral != 0;
        told(to_text(row[0]), std::move(game));
      },
      stop);
}

}  // namespace nbasync
