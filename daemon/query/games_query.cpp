#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "query/queries.hpp"

namespace nbasync::queries {
namespace {

// Status and score are those of `games`, which have what all who tell of a game come to; of a game
// that is not there, the scoreboard's. Games of other leagues, which a predecessor stored, are not
// shown: their ids begin otherwise.
struct GameColumn {
  Column column;
  std::string_view sql;  // of the joined games, g, scoreboard, t, teams, home and away, and their
                         // standings, hs and aws
};

constexpr auto kGameColumns = std::to_array<GameColumn>({
    {{"id", Type::kText, true}, "coalesce(g.id, t.game_id)"},
    {{"season"}, "coalesce(g.season, t.season)"},
    {{"game_date"}, "coalesce(g.game_date, t.game_date)"},
    {{"game_time_utc"}, "coalesce(t.game_time_utc, g.game_time_utc)"},
    {{"home_team_id", Type::kInteger}, "coalesce(g.home_team_id, t.home_team_id)"},
    {{"home_team_name"}, "coalesce(t.home_team_name, home.team_abbreviation)"},
    {{"home_score", Type::kInteger},
     "CASE WHEN g.id IS NULL THEN t.home_team_score ELSE g.home_score END"},
    {{"away_team_id", Type::kInteger}, "coalesce(g.away_team_id, t.away_team_id)"},
    {{"away_team_name"}, "coalesce(t.away_team_name, away.team_abbreviation)"},
    {{"away_score", Type::kInteger},
     "CASE WHEN g.id IS NULL THEN t.away_team_score ELSE g.away_score END"},
    {{"status"},
     "coalesce(g.status, CASE t.game_status_code WHEN 2 THEN 'live' WHEN 3 THEN 'final' "
     "ELSE 'scheduled' END)"},
    {{"game_status_text"}, "t.game_status_text"},
    {{"game_status_code", Type::kInteger}, "t.game_status_code"},
    {{"period", Type::kInteger}, "t.period"},
    {{"game_clock"}, "t.game_clock"},
    {{"game_type"}, "coalesce(g.game_type, t.game_type)"},
    {{"is_neutral", Type::kInteger}, "g.is_neutral"},
    {{"label"}, "g.label"},
    {{"arena"}, "g.arena"},
    {Column{"home_team_record"}.says("wins and losses of the home team in its season, like 24-17",
                                     "text"),
     "CAST(hs.wins AS TEXT) || '-' || CAST(hs.losses AS TEXT)"},
    {Column{"away_team_record"}.says("wins and losses of the other team in its season, like 24-17",
                                     "text"),
     "CAST(aws.wins AS TEXT) || '-' || CAST(aws.losses AS TEXT)"},
});

constexpr const char* kGames = R"(
  FROM (SELECT * FROM games WHERE game_date = $1 AND id LIKE '00%') AS g
  FULL JOIN (SELECT * FROM todays_games WHERE game_date = $1 AND game_id LIKE '00%') AS t ON t.game_id = g.id
  LEFT JOIN nba_teams AS home ON home.team_id = coalesce(g.home_team_id, t.home_team_id)
  LEFT JOIN nba_teams AS away ON away.team_id = coalesce(g.away_team_id, t.away_team_id)
  LEFT JOIN standings AS hs ON hs.team_id = coalesce(g.home_team_id, t.home_team_id)
                           AND hs.season = coalesce(g.season, t.season)
  LEFT JOIN standings AS aws ON aws.team_id = coalesce(g.away_team_id, t.away_team_id)
                            AND aws.season = coalesce(g.season, t.season)
  ORDER BY 4 NULLS FIRST, 1)";

// A column says what that of its name does in the tables.
Meaning meaning_in_tables(std::string_view name) {
  for (const Table* table : {&kGamesTable, &kTodaysGamesTable}) {
    const auto found = std::ranges::find(table->columns, name, &Column::name);
    if (found != table->columns.end()) return found->meaning;
  }
  return {};
}

}  // namespace

Query games(const std::string& date) {
  std::string sql = "SELECT ";
  for (const auto& each : kGameColumns) {
    sql +=
        format("{}{} AS {}", &each == kGameColumns.data() ? "" : ", ", each.sql, each.column.name);
  }
  return {"games", sql + kGames, {date}};
}

std::vector<Column> game_columns() {
  std::vector<Column> columns;
  for (const auto& each : kGameColumns) {
    columns.push_back(each.column);
    auto& meaning = columns.back().meaning;
    if (meaning.text.empty()) meaning = meaning_in_tables(each.column.name);
  }
  return columns;
}

}  // namespace nbasync::queries
