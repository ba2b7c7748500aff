#include "store/live_games.hpp"

namespace nbasync {
namespace {

// Status as a number that only grows while a game goes on, so that the greater one is the later
// word: 1 scheduled, 2 live, 3 final, 4 does not take place.
constexpr const char* kQuery =
    "WITH known(id, at, code, home, away) AS ("
    "SELECT g.id, g.game_time_utc, CASE g.status WHEN 'live' THEN 2 WHEN 'final' THEN 3 "
    "WHEN 'postponed' THEN 4 ELSE 1 END, h.team_abbreviation, a.team_abbreviation FROM games g "
    "LEFT JOIN nba_teams h ON h.team_id = g.home_team_id "
    "LEFT JOIN nba_teams a ON a.team_id = g.away_team_id "
    "WHERE g.game_time_utc BETWEEN $1 AND $2 AND g.id LIKE '00%' "
    "UNION ALL SELECT game_id, game_time_utc, game_status_code, home_team_name, away_team_name "
    "FROM todays_games WHERE game_time_utc BETWEEN $1 AND $2 AND game_id LIKE '00%') "
    "SELECT max(at), max(code), coalesce(max(away), '?') || ' @ ' || coalesce(max(home), '?') "
    "FROM known GROUP BY id ORDER BY 1, id";

LiveGame::State state_of(std::int64_t code) {
  if (code <= 1) return LiveGame::State::kScheduled;
  return code == 2 ? LiveGame::State::kLive : LiveGame::State::kOver;
}

}  // namespace

std::vector<LiveGame> games_between(Connection& connection, SystemTime from, SystemTime to,
                                    const std::stop_token& stop) {
  std::vector<LiveGame> games;
  const Value values[] = {format_utc(from), format_utc(to)};
  connection.each(
      kQuery, values,
      [&](const Row& row) {
        const auto at = parse_utc(to_text(row[0]));
        if (!at) return;  // of a predecessor's row
        games.push_back({to_text(row[2]), *at, state_of(to_integer(row[1]))});
      },
      stop);
  return games;
}

}  // namespace nbasync
