#include <chrono>
#include <vector>

#include "control/handlers.hpp"
#include "control/route.hpp"
#include "dataset/catalog.hpp"
#include "door/runs.hpp"
#include "model/changes_question.hpp"
#include "model/run_status.hpp"
#include "model/season_type.hpp"
#include "query/queries.hpp"
#include "sync/run_history.hpp"

namespace nbasync {
namespace {

constexpr unsigned kMostAsked = 1'000'000;  // runs: more than are listed
constexpr Duration kLongestPoll = std::chrono::hours{1};
constexpr unsigned kDefaultLogs = 100;
constexpr unsigned kDefaultGames = 1500;    // more than a season has
constexpr unsigned kDefaultPlayers = 1000;  // more than a season has
constexpr unsigned kMostRows = 5000;

std::vector<std::string_view> table_names() {
  std::vector<std::string_view> names;
  for (const Table* table : tables()) names.push_back(table->name);
  return names;
}

std::vector<Route> make_table() {
  using P = Parameter;
  constexpr auto kRead = Access::kRead;
  constexpr auto kChange = Access::kChange;
  const auto recent =
      P::limit("recent", RunHistory::kKept, RunHistory::kKept, "so many of the last syncs");
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
      make_route("GET", "/api/admin/sync-status", kRead,
                 "What runs, waits and ran last; schedules, the age of the data.",
                 handle::get_status, recent),
      make_route("POST", "/api/admin/sync", kChange, "Starts a sync, and tells its end.",
                 handle::start_sync),
      make_route("GET", "/api/v1/status", kRead,
                 "What runs, waits and ran last; schedules, the age of the data.",
                 handle::get_status, recent),
      make_route("GET", "/api/v1/runs", kRead, "The last syncs, newest first.", handle::list_runs,
                 P::limit("limit", kDefaultRuns, kMostAsked, "so many at the most"),
                 P::text("type", "of this type"),
                 P::word("status", logged_status_words(), "", "with this status")),
      make_route("GET", "/api/v1/runs/{name}", kRead, "One sync, by its id.", handle::get_run,
                 P::duration("wait", kLongestPoll, "waits so long for its end")),
      make_route("DELETE", "/api/v1/runs/{name}", kChange, "Cancels a sync that waits or runs.",
                 handle::cancel_run),
      make_route("POST", "/api/v1/pause", kChange, "Starts nothing by schedule any more.",
                 handle::pause),
      make_route("POST", "/api/v1/resume", kChange, "Goes on with the schedules.", handle::resume),
      make_route("POST", kReloadPath, kChange, "Reads the configuration again.",
                 static_cast<void (*)(Api&, const Call&)>(handle::reload)),
      make_route("GET", "/api/v1/schedules", kRead, "All schedules.", handle::list_schedules),
      make_route("GET", "/api/v1/schedules/{name}", kRead,
                 "One schedule, with all reasons for its next start.", handle::explain_schedule),
      make_route("GET", "/api/v1/backfill", kRead, "How far the backfill of past seasons is.",
                 handle::get_backfill),
      make_route("POST", "/api/v1/backfill", kChange, "Fetches past seasons, one after another.",
                 handle::start_backfill),
      make_route("DELETE", "/api/v1/backfill", kChange, "Stops fetching past seasons.",
                 handle::stop_backfill),
      make_route("GET", "/api/v1/events", kRead,
                 "Server-Sent Events: queued, started, progress, finished, changes.",
                 handle::get_events),
      make_route("GET", "/api/v1/changes", kRead,
                 "Which rows of the data were inserted, updated or deleted, oldest first.",
                 handle::get_changes,
                 P::number("since", "after this seq; the newest ones if not given"),
                 P::word("table", table_names(), "", "of this table only"),
                 P::word("corrections", {"true", "false"}, "false",
                         "true: of games that had been final for long only"),
                 P::limit("limit", ChangesQuestion::kDefault, ChangesQuestion::kMost,
                          "so many at the most")),
      make_route("GET", "/api/v1/doctor", kRead,
                 "What does not fit in the stored data and the installation, with what helps.",
                 handle::get_doctor),
      make_route("GET", "/api/games", kRead, "The games of a day.", handle::get_games,
                 P::date("date", "of the league's calendar; today if not given")),
      make_route("GET", "/api/teams", kRead, "All teams.", handle::get_teams),
      make_route(
          "GET", "/api/team-stats", kRead, "The teams' averages of a season.",
          handle::get_team_stats, season, type({SeasonType::kRegular, SeasonType::kPlayoffs}),
          P::word("split", {"overall", "home", "away", "all"}, "overall", "of these games only")),
      make_route("GET", "/api/standings", kRead, "The standings of a season.",
                 handle::get_standings, season),
      make_route("GET", "/api/game-logs", kRead, "What teams did in each game, newest first.",
                 handle::get_game_logs, team, season, type(all_season_types()), rows(kDefaultLogs)),
      make_route("GET", "/api/players", kRead, "Who plays, or has played, by name.",
                 handle::get_players, team,
                 P::text("name", "whose name has this in it, with its marks or without"),
                 rows(kDefaultPlayers)),
      make_route("GET", "/api/player-game-logs", kRead,
                 "What players did in each game, newest first.", handle::get_player_game_logs,
                 player, team, season, type(all_season_types()), rows(kDefaultLogs)),
      make_route("GET", "/api/player-stats", kRead,
                 "The players' averages of a season, the best scorers first.",
                 handle::get_player_stats, season,
                 P::word("split", {"overall", "playoffs", "all"}, "overall", "of these games only"),
                 player, team, rows(kDefaultPlayers)),
      make_route("GET", "/api/schedule", kRead, "The games to come, and those before.",
                 handle::get_schedule, P::date("from", "first day; today if not given"),
                 P::date("to", "last day"), rows(kDefaultGames)),
      make_route("GET", kHealthPath, kRead, "Whether the daemon answers.", handle::get_health),
      make_route("GET", "/readyz", kRead, "Whether the database can be read.",
                 handle::get_readiness),
      make_route("GET", kMetricsPath, kRead, "Figures for Prometheus.", handle::get_metrics),
  };
}

}  // namespace

std::span<const Route> routes() {
  static const std::vector<Route> table = make_table();
  return table;
}

}  // namespace nbasync
