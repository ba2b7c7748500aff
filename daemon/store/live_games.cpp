#include "store/live_games.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>

#include "base/format.hpp"
#include "store/sqlite_error.hpp"

namespace nbasync {
namespace {

constexpr std::chrono::milliseconds kBusyTimeout{5000};

// Status as a number that only grows while a game goes on, so that the greater one is the later
// word: 1 scheduled, 2 live, 3 final, 4 does not take place.
constexpr const char* kQuery =
    "WITH known(id, at, code, home, away) AS ("
    "SELECT g.id, g.game_time_utc, CASE g.status WHEN 'live' THEN 2 WHEN 'final' THEN 3 "
    "WHEN 'postponed' THEN 4 ELSE 1 END, h.team_abbreviation, a.team_abbreviation FROM games g "
    "LEFT JOIN nba_teams h ON h.team_id = g.home_team_id "
    "LEFT JOIN nba_teams a ON a.team_id = g.away_team_id "
    "WHERE g.game_time_utc BETWEEN ?1 AND ?2 "
    "UNION ALL SELECT game_id, game_time_utc, game_status_code, home_team_name, away_team_name "
    "FROM todays_games WHERE game_time_utc BETWEEN ?1 AND ?2) "
    "SELECT max(at), max(code), coalesce(max(away), '?') || ' @ ' || coalesce(max(home), '?') "
    "FROM known GROUP BY id ORDER BY 1, id";

LiveGame::State state_of(int code) {
  if (code <= 1) return LiveGame::State::kScheduled;
  return code == 2 ? LiveGame::State::kLive : LiveGame::State::kOver;
}

}  // namespace

std::vector<LiveGame> games_between(const std::string& database, SystemTime from, SystemTime to) {
  try {
    SQLite::Database db(database, SQLite::OPEN_READONLY, static_cast<int>(kBusyTimeout.count()));
    SQLite::Statement query(db, kQuery);
    query.bind(1, format_utc(from));
    query.bind(2, format_utc(to));
    std::vector<LiveGame> games;
    while (query.executeStep()) {
      const auto at = parse_utc(query.getColumn(0).getString());
      if (!at) continue;  // of a predecessor's row
      games.push_back({query.getColumn(2).getString(), *at, state_of(query.getColumn(1).getInt())});
    }
    return games;
  } catch (const SQLite::Exception& error) {
    throw as_error(error, database, 0, kBusyTimeout);
  }
}

}  // namespace nbasync
