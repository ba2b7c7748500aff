#include "store/live_games.hpp"

#include <string_view>

namespace nbasync {
namespace {

// `games` has what all who tell of a game come to (dataset/game_story); the scoreboard's table
// counts for a game or a time that is not there.
constexpr const char* kQuery =
    "SELECT g.game_time_utc, coalesce(g.status, ''), coalesce(a.team_abbreviation, "
    "t.away_team_name, '?') || ' @ ' || coalesce(h.team_abbreviation, t.home_team_name, '?'), g.id "
    "FROM games g LEFT JOIN nba_teams h ON h.team_id = g.home_team_id "
    "LEFT JOIN nba_teams a ON a.team_id = g.away_team_id "
    "LEFT JOIN todays_games t ON t.game_id = g.id "
    "WHERE g.game_time_utc BETWEEN $1 AND $2 AND g.id LIKE '00%' "
    "UNION ALL SELECT t.game_time_utc, coalesce(g.status, CASE t.game_status_code WHEN 2 THEN "
    "'live' WHEN 3 THEN 'final' ELSE '' END), coalesce(t.away_team_name, '?') || ' @ ' || "
    "coalesce(t.home_team_name, '?'), t.game_id "
    "FROM todays_games t LEFT JOIN games g ON g.id = t.game_id "
    "WHERE t.game_time_utc BETWEEN $1 AND $2 AND t.game_id LIKE '00%' AND g.game_time_utc IS NULL "
    "ORDER BY 1, 4";

LiveGame::State state_of(std::string_view status) {
  if (status == "live") return LiveGame::State::kLive;
  for (const auto* over : {"final", "postponed", "cancelled", "suspended"}) {
    if (status == over) return LiveGame::State::kOver;
  }
  return LiveGame::State::kScheduled;
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
        games.push_back({to_text(row[2]), *at, state_of(to_text(row[1]))});
      },
      stop);
  return games;
}

}  // namespace nbasync
