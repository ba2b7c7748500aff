#include "dataset/views.hpp"

#include <algorithm>

#include "dataset/game_logs_columns.hpp"
#include "dataset/view_builder.hpp"

namespace nbasync {
namespace {

const Table& table_of(std::string_view name) {
  return **std::ranges::find(tables(), name, &Table::name);
}

// The standings know what a team was called in a season; nba_teams, where there are none.
View view_of_games() {
  ViewBuilder view("v_games", "a game with the names of its teams as they were in that season");
  view.same(kGamesTable, "g", "id", "game_id");
  for (const auto* column : {"season", "game_date", "game_time_utc", "game_type", "status"}) {
    view.same(kGamesTable, "g", column);
  }
  return view.same(kGamesTable, "g", "away_team_id")
      .add("away_abbreviation", "coalesce(a.team_abbreviation, ta.team_abbreviation)", Type::kText,
           "the away team's code of that season", "text")
      .add("away_team", "coalesce(a.city || ' ' || a.name, ta.full_name)", Type::kText,
           "the away team", "text")
      .same(kGamesTable, "g", "away_score")
      .same(kGamesTable, "g", "home_score")
      .add("home_team", "coalesce(h.city || ' ' || h.name, th.full_name)", Type::kText,
           "the home team", "text")
      .add("home_abbreviation", "coalesce(h.team_abbreviation, th.team_abbreviation)", Type::kText,
           "the home team's code of that season", "text")
      .same(kGamesTable, "g", "home_team_id")
      .add("winner_team_id",
           "CASE WHEN g.status <> 'final' THEN NULL WHEN g.home_score > g.away_score THEN "
           "g.home_team_id WHEN g.away_score > g.home_score THEN g.away_team_id END",
           Type::kInteger, "who has won; NULL until the game is final", "id")
      .same(kGamesTable, "g", "label")
      .same(kGamesTable, "g", "arena")
      .same(kGamesTable, "g", "is_neutral")
      .from(
          "FROM games AS g "
          "LEFT JOIN standings AS h ON h.team_id = g.home_team_id AND h.season = g.season "
          "LEFT JOIN standings AS a ON a.team_id = g.away_team_id AND a.season = g.season "
          "LEFT JOIN nba_teams AS th ON th.team_id = g.home_team_id "
          "LEFT JOIN nba_teams AS ta ON ta.team_id = g.away_team_id "
          "WHERE g.id LIKE '00%'");
}

View view_of_standings() {
  ViewBuilder view("v_standings", "a team's place in the regular season of its conference");
  view.same(kStandingsTable, "s", "season")
      .same(kStandingsTable, "s", "conference")
      .same(kStandingsTable, "s", "conference_rank")
      .same(kStandingsTable, "s", "team_id")
      .same(kStandingsTable, "s", "team_abbreviation")
      .add("team", "s.city || ' ' || s.name", Type::kText, "the team's name in that season",
           "text");
  for (const auto* column :
       {"wins", "losses", "win_pct", "conference_games_back", "division", "division_rank",
        "home_record", "road_record", "last_10", "streak", "points_per_game", "opp_points_per_game",
        "points_differential", "clinch_indicator"}) {
    view.same(kStandingsTable, "s", column);
  }
  return view.from("FROM standings AS s");
}

View view_of_team_game() {
  const Table& logs = table_of("team_game_logs");
  ViewBuilder view("v_team_game",
                   "a game as one of its teams sees it: each figure with the opponent's beside it");
  for (const auto& column : game_logs::kIdentity) view.same(logs, "l", column.name);
  view.add("margin", "l.team_pts - l.opp_pts", Type::kReal, "points scored less points conceded",
           "points");
  for (const auto& figure : game_logs::kFigures) {
    view.same(logs, "l", figure.column).same(logs, "l", figure.twin);
  }
  return view.from("FROM team_game_logs AS l WHERE l.game_id LIKE '00%'");
}

// What counts: what has ended, and is no pre-season.
constexpr std::string_view kHasEnded =
    "game_id LIKE '00%' AND game_type <> 'Pre Season' AND win_loss IN ('W', 'L')";

View view_of_team_form() {
  const Table& logs = table_of("team_game_logs");
  return ViewBuilder("v_team_form",
                     "a team's last five and last ten games of a season, of all its parts but the "
                     "pre-season")
      .same(logs, "f", "season")
      .same(logs, "f", "team_id")
      .add("team_abbreviation", "max(f.team_abbreviation)", Type::kText,
           "the team's code of that season", "text")
      .add("last_game", "max(f.game_date)", Type::kText, "the day of the last of them", "date")
      .add("last_5_games", "count(CASE WHEN f.back <= 5 THEN 1 END)", Type::kInteger,
           "how many of the last five there are", "games")
      .add("last_5_wins", "count(CASE WHEN f.back <= 5 AND f.win_loss = 'W' THEN 1 END)",
           Type::kInteger, "those of the last five that were won", "games")
      .add("last_5_losses", "count(CASE WHEN f.back <= 5 AND f.win_loss = 'L' THEN 1 END)",
           Type::kInteger, "those of the last five that were lost", "games")
      .add("last_5_points", "avg(CASE WHEN f.back <= 5 THEN f.team_pts END)", Type::kReal,
           "points scored in the last five", "points per game")
      .add("last_5_opp_points", "avg(CASE WHEN f.back <= 5 THEN f.opp_pts END)", Type::kReal,
           "points conceded in the last five", "points per game")
      .add("last_10_games", "count(*)", Type::kInteger, "how many of the last ten there are",
           "games")
      .add("last_10_wins", "count(CASE WHEN f.win_loss = 'W' THEN 1 END)", Type::kInteger,
           "those of the last ten that were won", "games")
      .add("last_10_losses", "count(CASE WHEN f.win_loss = 'L' THEN 1 END)", Type::kInteger,
           "those of the last ten that were lost", "games")
      .add("last_10_points", "avg(f.team_pts)", Type::kReal, "points scored in the last ten",
           "points per game")
      .add("last_10_opp_points", "avg(f.opp_pts)", Type::kReal, "points conceded in the last ten",
           "points per game")
      .from(
          format("FROM (SELECT season, team_id, team_abbreviation, game_date, win_loss, team_pts, "
                 "opp_pts, row_number() OVER (PARTITION BY season, team_id ORDER BY game_date "
                 "DESC, game_id DESC) AS back FROM team_game_logs WHERE {}) AS f WHERE f.back <= "
                 "10 GROUP BY f.season, f.team_id",
                 kHasEnded));
}

View view_of_head_to_head() {
  const Table& logs = table_of("team_game_logs");
  return ViewBuilder("v_head_to_head",
                     "what a team did against another in a season, in all its parts but the "
                     "pre-season; each pair is there from both sides")
      .same(logs, "l", "season")
      .same(logs, "l", "team_id")
      .add("team_abbreviation", "max(l.team_abbreviation)", Type::kText,
           "the team's code of that season", "text")
      .same(logs, "l", "opponent_team_id")
      .add("opponent_abbreviation", "max(l.opponent_abbr)", Type::kText,
           "the opponent's code of that season", "text")
      .add("games", "count(*)", Type::kInteger, "games against each other that have ended", "games")
      .add("wins", "count(CASE WHEN l.win_loss = 'W' THEN 1 END)", Type::kInteger,
           "those that the team won", "games")
      .add("losses", "count(CASE WHEN l.win_loss = 'L' THEN 1 END)", Type::kInteger,
           "those that the team lost", "games")
      .add("points", "avg(l.team_pts)", Type::kReal, "points of the team", "points per game")
      .add("opp_points", "avg(l.opp_pts)", Type::kReal, "points of the opponent", "points per game")
      .add("last_game", "max(l.game_date)", Type::kText, "the day of the last one", "date")
      .from(format("FROM team_game_logs AS l WHERE {} GROUP BY l.season, l.team_id, "
                   "l.opponent_team_id",
                   kHasEnded));
}

View view_of_player_season() {
  const Table& stats = table_of("player_season_stats");
  const Table& players = table_of("players");
  ViewBuilder view("v_player_season",
                   "a player's averages over a season or its playoffs, with who he is");
  view.same(stats, "s", "season")
      .same(stats, "s", "split_type")
      .same(stats, "s", "player_id")
      .add("full_name", "coalesce(p.full_name, s.player_name)", Type::kText, "the player's name",
           "text")
      .same(players, "p", "position")
      .same(players, "p", "height_inches")
      .same(players, "p", "country");
  for (const Column& column : stats.columns) {
    if (column.key || column.name == "player_name") continue;
    view.same(stats, "s", column.name);
  }
  return view.from(
      "FROM player_season_stats AS s LEFT JOIN players AS p ON p.player_id = s.player_id");
}

}  // namespace

std::span<const View> views() {
  static const std::vector<View> kViews = {view_of_games(),        view_of_standings(),
                                           view_of_team_game(),    view_of_team_form(),
                                           view_of_head_to_head(), view_of_player_season()};
  return kViews;
}

}  // namespace nbasync
