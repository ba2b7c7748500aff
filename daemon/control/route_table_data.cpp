#include <algorithm>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "control/handlers.hpp"
#include "control/route_tables.hpp"
#include "dataset/catalog.hpp"
#include "model/changes_question.hpp"
#include "model/season_type.hpp"
#include "protocol/change.hpp"
#include "query/queries.hpp"

namespace nbasync::route_tables {
namespace {

constexpr unsigned kDefaultLogs = 100;
constexpr unsigned kDefaultGames = 1500;    // more than a season has
constexpr unsigned kDefaultPlayers = 1000;  // more than a season has
constexpr unsigned kMostRows = 5000;

std::vector<std::string_view> table_names() {
  std::vector<std::string_view> names;
  for (const Table* table : tables()) names.push_back(table->name);
  return names;
}

Answers of_data(AnswerForm form) {
  return {{std::move(form)}, with(storage_problems(), {problems::kFirstSync})};
}

// The rows of a whole table, as this query answers them.
Answers rows_of(std::string_view table, const Query& query) {
  const auto all = tables();
  const auto found = std::ranges::find(all, table, [](const Table* each) { return each->name; });
  if (found == all.end()) throw Error(Errc::kInternal, "no such table");
  return of_data(rows_answer(query.name, **found));
}

Answers changes_answers() {
  const AnswerForm form{
      .media = {{media::kJson, protocol::schema_of<protocol::Changes>},
                {media::kLines, protocol::schema_of<protocol::Change>}},
      .headers = {{"Nbasync-Last-Seq", "of lines: where to go on"},
                  {"Nbasync-More", "of lines: whether there are more to ask for at once"}},
      .tagged = true};
  return {{form}, with(storage_problems(), {problem_form(Errc::kChangesGone)})};
}

Route changes_route() {
  using P = Parameter;
  return make_route(
      "GET", "/api/v1/changes", Access::kRead,
      "Which rows of the data were inserted, updated or deleted, oldest first.", changes_answers(),
      handle::get_changes, P::number("since", "after this seq; the newest ones if not given"),
      P::word("table", table_names(), "", "of this table only"),
      P::word("corrections", {"true", "false"}, "false",
              "true: of games that had been final for long only"),
      P::text("run", "of the run with this id only"),
      P::limit("limit", ChangesQuestion::kDefault, ChangesQuestion::kMost, "so many at the most"));
}

}  // namespace

std::vector<Route> data_routes() {
  using P = Parameter;
  constexpr auto kRead = Access::kRead;
  const auto season = P::season("season", "of this season");
  const auto team = P::team("team", "of this team only");
  const auto player = P::text("player", "of this player only: an id, or a part of a name");
  const auto type = [](const std::vector<SeasonType>& types) {
    std::vector<std::string_view> words;
    words.reserve(types.size() + 1);
    for (const auto each : types) words.push_back(to_string(each));
    words.emplace_back(queries::kAllTypes);
    return P::word("type", std::move(words), to_string(SeasonType::kRegular),
                   "of this part of the season");
  };
  const auto rows = [](unsigned otherwise) {
    return P::limit("limit", otherwise, kMostRows, "so many rows at the most");
  };
  return {
      make_route(
          "GET", "/api/games", kRead, "The games of a day.",
          of_data(rows_answer(queries::games("").name, "game_of_a_day", queries::game_columns())),
          handle::get_games, P::date("date", "of the league's calendar; today if not given")),
      make_route("GET", "/api/teams", kRead, "All teams.", rows_of("nba_teams", queries::teams()),
                 handle::get_teams),
      make_route(
          "GET", "/api/team-stats", kRead, "The teams' averages of a season.",
          rows_of("team_season_stats", queries::team_stats({}, "", "")), handle::get_team_stats,
          season, type({SeasonType::kRegular, SeasonType::kPlayoffs}),
          P::word("split", {"overall", "home", "away", "all"}, "overall", "of these games only")),
      make_route("GET", "/api/standings", kRead,
                 "The standings of a season, and what each team was called then.",
                 rows_of("standings", queries::standings({})), handle::get_standings, season),
      make_route("GET", "/api/game-logs", kRead, "What teams did in each game, newest first.",
                 rows_of("team_game_logs", queries::game_logs({}, {}, "", 1)),
                 handle::get_game_logs, team, season, type(all_season_types()), rows(kDefaultLogs)),
      make_route("GET", "/api/players", kRead, "Who plays, or has played, by name.",
                 rows_of("players", queries::players({}, {}, 1)), handle::get_players, team,
                 P::text("name", "whose name has this in it, with its marks or without"),
                 rows(kDefaultPlayers)),
      make_route("GET", "/api/player-game-logs", kRead,
                 "What players did in each game, newest first.",
                 rows_of("player_game_logs", queries::player_game_logs({}, {}, {}, "", 1)),
                 handle::get_player_game_logs, player, team, season, type(all_season_types()),
                 rows(kDefaultLogs)),
      make_route("GET", "/api/player-stats", kRead,
                 "The players' averages of a season, the best scorers first; of one player of all "
                 "seasons.",
                 rows_of("player_season_stats", queries::player_stats({}, "", {}, {}, 1)),
                 handle::get_player_stats, season,
                 P::word("split", {"overall", "playoffs", "all"}, "overall", "of these games only"),
                 player, team, rows(kDefaultPlayers)),
      make_route("GET", "/api/schedule", kRead, "The games to come, and those before.",
                 rows_of("games", queries::schedule("", {}, 1)), handle::get_schedule,
                 P::date("from", "first day; today if not given"), P::date("to", "last day"),
                 rows(kDefaultGames)),
      changes_route(),
  };
}

}  // namespace nbasync::route_tables
