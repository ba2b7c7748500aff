#include "store/season_facts.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/format.hpp"
#include "store/memory.hpp"
#include "store/stored_games.hpp"

namespace nbasync {
namespace {

constexpr std::string_view kTablesOfGames[] = {"games", "team_game_logs", "todays_games"};

bool is_null(const Cell& cell) { return cell.index() == 0; }

std::optional<SystemTime> time_of(const Cell& cell) { return parse_utc(to_text(cell)); }

// A predecessor's dates have a time behind them.
std::string date_of(const Cell& cell) { return to_text(cell).substr(0, 10); }

bool writes(const Dataset& dataset, std::string_view table) {
  return std::ranges::find(dataset.tables, table, &Table::name) != dataset.tables.end();
}

}  // namespace

bool tells_game_facts(const Table& table) {
  return std::ranges::find(kTablesOfGames, table.name) != std::ranges::end(kTablesOfGames);
}

GameFacts read_game_facts(Connection& connection, const std::string& season,
                          const std::stop_token& stop) {
  GameFacts facts;
  facts.season = season;
  const Value values[] = {season};
  read_games(connection, season, stop, [&](const std::string& id, StoredGame game) {
    facts.games.emplace(id, std::move(game));
  });
  connection.each(
      "SELECT game_id, team_id, team_pts, win_loss IS NOT NULL, team_abbreviation "
      "FROM team_game_logs WHERE season = $1 AND game_id LIKE '00%'",
      values,
      [&](Row row) {
        auto& game = facts.logs[to_text(row[0])];
        const bool over = to_integer(row[3]) != 0 && (game.points.empty() || game.over);
        game.points.emplace(to_integer(row[1]), to_integer(row[2]));
        game.over = over;
        if (!is_null(row[4])) facts.abbreviations[to_integer(row[1])] = to_text(row[4]);
      },
      stop);
  for (auto& [id, game] : facts.logs) game.over = game.over && game.points.size() == 2;
  connection.each(
      "SELECT game_id, game_date, game_status_code, coalesce(game_status_text, ''), "
      "home_team_score, away_team_score FROM todays_games WHERE game_id LIKE '00%'",
      {},
      [&](Row row) {
        facts.board.emplace(to_text(row[0]),
                            BoardGame{date_of(row[1]), to_integer(row[2]), to_text(row[3]),
                                      to_maybe_integer(row[4]), to_maybe_integer(row[5])});
      },
      stop);
  return facts;
}

void read_facts(Connection& connection, const Dataset& dataset, SeasonFacts& facts,
                const std::stop_token& stop) {
  facts.dataset = dataset.name;
  const Value season[] = {facts.season};
  if (dataset.lines != nullptr) {
    connection.each(
        format("SELECT game_id, count(*) FROM {} WHERE season = $1 GROUP BY game_id",
               dataset.lines->name),
        season, [&](Row row) { facts.lines.emplace(to_text(row[0]), to_integer(row[1])); }, stop);
  }
  for (const auto& [table, id] :
       {std::pair{"team_season_stats", "team_id"}, std::pair{"player_season_stats", "player_id"}}) {
    if (!writes(dataset, table)) continue;
    connection.each(
        format("SELECT {}, split_type FROM {} WHERE season = $1", id, table), season,
        [&](Row row) { facts.stat_rows.emplace(to_integer(row[0]), to_text(row[1])); }, stop);
  }
  if (writes(dataset, "players")) {
    connection.each(
        "SELECT player_id FROM players WHERE player_id IS NOT NULL AND (team_id IS NOT NULL OR "
        "team_abbreviation IS NOT NULL OR jersey_number IS NOT NULL OR roster_status IS DISTINCT "
        "FROM 0)",
        {}, [&](Row row) { facts.rostered.insert(to_integer(row[0])); }, stop);
    connection.each(
        "SELECT coalesce(max(season), ''), count(*) FILTER (WHERE season = $1) FROM players",
        season,
        [&](Row row) {
          facts.newest_players = to_text(row[0]);
          facts.has_players = to_integer(row[1]) > 0;
        },
        stop);
  }
  connection.each(
      "SELECT team_id FROM nba_teams WHERE season = $1", season,
      [&](Row row) { facts.teams_of_season.insert(to_integer(row[0])); }, stop);
  connection.each(
      "SELECT coalesce(max(season), '') FROM (SELECT season FROM standings UNION ALL "
      "SELECT season FROM nba_teams) AS seasons",
      {}, [&](Row row) { facts.newest_season = to_text(row[0]); }, stop);
  connection.each(
      format(
          "SELECT scope, checked_at, coalesce(claim, ''), claimed_at, coalesce(claims, 0) FROM {}",
          kMemoryTable.name),
      {},
      [&](Row row) {
        facts.remembered.emplace(to_text(row[0]), Remembered{time_of(row[1]), to_text(row[2]),
                                                             time_of(row[3]), to_integer(row[4])});
      },
      stop);
}

}  // namespace nbasync
