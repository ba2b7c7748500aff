#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "net/fetcher.hpp"
#include "support/upstream_json.hpp"

namespace nbasync::testing {

// A small league as an upstream: what is true of it, and the answers that follow.
class League final : public Fetcher {
 public:
  static constexpr int kTeams = 6;

  struct Game {
    std::string id;
    std::string date;  // tip-off is at 23:30 UTC
    int home;
    int away;
    std::string status = "scheduled";
    int home_score = 0;
    int away_score = 0;
    bool neutral = false;
  };
  std::string season = "2025-26";
  std::vector<Game> games;
  std::string board_day;

  // What becomes of an answer on its way, by its rows; null: nothing.
  std::function<void(const Request&, std::vector<JsonRow>&)> spoil;

  Response get(const Request& request, std::stop_token) override {
    const auto endpoint = request.endpoint();
    if (endpoint == "commonteamyears") return body(teams(request));
    if (endpoint == "leaguestandingsv3") return body(standings(request));
    if (endpoint == "scheduleLeagueV2") return body(schedule());
    if (endpoint == "scheduleleaguev2") return body(schedule());  // of another season
    if (endpoint == "teamgamelogs") return body(logs(request));
    if (endpoint == "leaguedashteamstats") return body(stats(request));
    if (endpoint == "playerindex") return body(players(request));
    if (endpoint == "leaguegamelog") return body(player_logs(request));
    if (endpoint == "leaguedashplayerstats") return body(player_stats(request));
    if (endpoint == "todaysScoreboard_00") return body(board(board_day));
    if (endpoint == "scoreboardv3") return body(board(std::string(request.parameter("GameDate"))));
    throw Error(Errc::kUpstreamStatus, std::string(endpoint) + ": status 404");
  }

 private:
  static Response body(std::string text) { return {std::move(text)}; }
  static std::string name(int team) { return format("T{:02}", team); }
  static bool began(const Game& game) { return game.status == "final" || game.status == "live"; }
  static bool is_of(const Game& game, const Request& request) {
    const auto type = request.parameter("SeasonType");
    const char digit = type == "Regular Season" ? '2'
                       : type == "Playoffs"     ? '4'
                       : type == "PlayIn"       ? '5'
                                                : '6';
    return game.id[2] == digit;
  }
  static std::string cell_of(const JsonRow& row, const char* column) { return row.at(column); }

  std::string answer(const Request& request, const char* set, std::vector<std::string> headers,
                     std::vector<JsonRow> rows) const {
    if (spoil) spoil(request, rows);
    return stats_answer(set, headers, rows);
  }

  std::string teams(const Request& request) const {
    std::vector<JsonRow> rows;
    for (int team = 1; team <= kTeams; ++team) {
      rows.push_back({{"TEAM_ID", std::to_string(team)},
                      {"MIN_YEAR", "\"1950\""},
                      {"ABBREVIATION", quoted(name(team))}});
    }
    return answer(request, "TeamYears", {"TEAM_ID", "MIN_YEAR", "ABBREVIATION"}, rows);
  }

  std::string standings(const Request& request) const {
    std::vector<JsonRow> rows;
    for (int team = 1; team <= kTeams; ++team) {
      int wins = 0;
      int losses = 0;
      for (const auto& game : games) {
        if (game.status != "final" || game.id[2] != '2') continue;
        if (game.home != team && game.away != team) continue;
        ++((game.home == team) == (game.home_score > game.away_score) ? wins : losses);
      }
      rows.push_back({{"TeamID", std::to_string(team)},
                      {"TeamCity", quoted("City " + name(team))},
                      {"TeamName", quoted("Club")},
                      {"Conference", quoted(team % 2 == 0 ? "East" : "West")},
                      {"Division", quoted("One")},
                      {"WINS", std::to_string(wins)},
                      {"LOSSES", std::to_string(losses)}});
    }
    return answer(request, "Standings",
                  {"TeamID", "TeamCity", "TeamName", "Conference", "Division", "WINS", "LOSSES"},
                  rows);
  }

  // What the lines of a side's team and of its players have in common.
  static JsonRow line_of(const Game& game, bool home) {
    const int points = home ? game.home_score : game.away_score;
    const int other = home ? game.away_score : game.home_score;
    const auto matchup = home && !game.neutral
                             ? format("{} vs. {}", name(game.home), name(game.away))
                             : format("{} @ {}", name(game.away), name(game.home));
    const int team = home ? game.home : game.away;
    return {{"GAME_ID", quoted(game.id)},
            {"TEAM_ID", std::to_string(team)},
            {"TEAM_ABBREVIATION", quoted(name(team))},
            {"GAME_DATE", quoted(game.date)},
            {"MATCHUP", quoted(matchup)},
            {"WL", game.status == "live" ? "null" : quoted(points > other ? "W" : "L")},
            {"MIN", "48"},
            {"PTS", std::to_string(points)}};
  }

  std::string logs(const Request& request) const {
    std::vector<JsonRow> rows;
    for (const auto& game : games) {
      if (!began(game) || !is_of(game, request)) continue;
      for (const bool home : {true, false}) {
        const int points = home ? game.home_score : game.away_score;
        auto& row = rows.emplace_back(line_of(game, home));
        row["FGM"] = std::to_string(points / 3);
        row["FG3M"] = std::to_string(points / 9);
        row["OFF_RATING"] = format("{}.5", points);
        row["PACE"] = format("{}.5", 90 + points % 10);
        row["PTS_PAINT"] = std::to_string(points / 2);
      }
    }
    std::vector<std::string> headers = {"GAME_ID",   "TEAM_ID", "TEAM_ABBREVIATION",
                                        "GAME_DATE", "MATCHUP", "WL",
                                        "MIN",       "PTS",     "FGM",
                                        "FGA",       "FG_PCT",  "FG3M",
                                        "FG3A",      "FG3_PCT", "FTM",
                                        "FTA",       "FT_PCT",  "OREB",
                                        "DREB",      "REB",     "AST",
                                        "STL",       "BLK",     "TOV"};
    if (request.parameter("MeasureType") == "Advanced") {
      headers = {"GAME_ID", "TEAM_ID", "OFF_RATING", "DEF_RATING", "PACE", "POSS"};
    } else if (request.parameter("MeasureType") == "Misc") {
      headers = {"GAME_ID", "TEAM_ID", "PTS_OFF_TOV", "PTS_2ND_CHANCE", "PTS_FB", "PTS_PAINT"};
    }
    return answer(request, "TeamGameLogs", headers, rows);
  }

  std::string stats(const Request& request) const {
    std::vector<JsonRow> rows;
    const auto location = request.parameter("Location");
    for (int team = 1; team <= kTeams; ++team) {
      int played = 0;
      int points = 0;
      int against = 0;
      for (const auto& game : games) {
        if (game.status != "final" || !is_of(game, request)) continue;
        if (game.home != team && game.away != team) continue;
        const bool home = game.home == team;
        if (!location.empty() && (home != (location == "Home") || game.neutral)) continue;
        ++played;
        points += home ? game.home_score : game.away_score;
        against += home ? game.away_score : game.home_score;
      }
      if (played == 0) continue;
      rows.push_back({{"TEAM_ID", std::to_string(team)},
                      {"GP", std::to_string(played)},
                      {"PTS", format("{:.1f}", double(points) / played)},
                      {"OPP_PTS", format("{:.1f}", double(against) / played)},
                      {"PACE", format("{:.1f}", 90 + double(points % 10))}});
    }
    std::vector<std::string> headers = {"TEAM_ID", "GP",  "W",   "L",   "PTS", "FG_PCT", "FG3_PCT",
                                        "FT_PCT",  "REB", "AST", "STL", "BLK", "TOV",    "FG3M",
                                        "FG3A",    "FTM", "FTA", "FGM", "FGA"};
    if (request.parameter("MeasureType") == "Advanced") {
      headers = {"TEAM_ID", "GP",     "OFF_RATING", "DEF_RATING", "NET_RATING",
                 "PACE",    "TS_PCT", "EFG_PCT",    "POSS"};
    } else if (request.parameter("MeasureType") == "Opponent") {
      headers = {"TEAM_ID",    "GP",         "OPP_PTS",  "OPP_FGM",     "OPP_FGA",
                 "OPP_FG_PCT", "OPP_FG3M",   "OPP_FG3A", "OPP_FG3_PCT", "OPP_FTM",
                 "OPP_FTA",    "OPP_FT_PCT", "OPP_OREB", "OPP_DREB",    "OPP_REB",
                 "OPP_AST",    "OPP_TOV",    "OPP_STL",  "OPP_BLK"};
    }
    return answer(request, "LeagueDashTeamStats", headers, rows);
  }

  // A team has five, who share its points.
  static constexpr int kPlayers = 5;
  static int player_of(int team, int number) { return 10 * team + number; }
  static int points_of(int of_team, int number) {
    return of_team / kPlayers + (number == 0 ? of_team % kPlayers : 0);
  }

  std::string players(const Request& request) const {
    std::vector<JsonRow> rows;
    for (int team = 1; team <= kTeams; ++team) {
      for (int number = 0; number < kPlayers; ++number) {
        rows.push_back({{"PERSON_ID", std::to_string(player_of(team, number))},
                        {"PLAYER_FIRST_NAME", quoted("Player")},
                        {"PLAYER_LAST_NAME", quoted(format("{}", player_of(team, number)))},
                        {"TEAM_ID", std::to_string(team)},
                        {"TEAM_ABBREVIATION", quoted(name(team))},
                        {"JERSEY_NUMBER", quoted(std::to_string(number))},
                        {"ROSTER_STATUS", "1.0"}});
      }
    }
    return answer(request, "PlayerIndex",
                  {"PERSON_ID", "PLAYER_FIRST_NAME", "PLAYER_LAST_NAME", "TEAM_ID",
                   "TEAM_ABBREVIATION", "JERSEY_NUMBER", "ROSTER_STATUS"},
                  rows);
  }

  std::string player_logs(const Request& request) const {
    std::vector<JsonRow> rows;
    for (const auto& game : games) {
      if (!began(game) || !is_of(game, request)) continue;
      for (const bool home : {true, false}) {
        const int points = home ? game.home_score : game.away_score;
        for (int number = 0; number < kPlayers; ++number) {
          auto& row = rows.emplace_back(line_of(game, home));
          row["PLAYER_ID"] = std::to_string(player_of(home ? game.home : game.away, number));
          row["PTS"] = std::to_string(points_of(points, number));
        }
      }
    }
    return answer(request, "LeagueGameLog",
                  {"GAME_ID",   "PLAYER_ID", "PLAYER_NAME", "TEAM_ID", "TEAM_ABBREVIATION",
                   "GAME_DATE", "MATCHUP",   "WL",          "MIN",     "FGM",
                   "FGA",       "FG_PCT",    "FG3M",        "FG3A",    "FG3_PCT",
                   "FTM",       "FTA",       "FT_PCT",      "OREB",    "DREB",
                   "REB",       "AST",       "STL",         "BLK",     "TOV",
                   "PF",        "PTS",       "PLUS_MINUS"},
                  rows);
  }

  std::string player_stats(const Request& request) const {
    std::vector<JsonRow> rows;
    for (int team = 1; team <= kTeams; ++team) {
      for (int number = 0; number < kPlayers; ++number) {
        int played = 0;
        int points = 0;
        for (const auto& game : games) {
          if (game.status != "final" || !is_of(game, request)) continue;
          if (game.home != team && game.away != team) continue;
          ++played;
          points += points_of(game.home == team ? game.home_score : game.away_score, number);
        }
        if (played == 0) continue;
        rows.push_back({{"PLAYER_ID", std::to_string(player_of(team, number))},
                        {"TEAM_ID", std::to_string(team)},
                        {"GP", std::to_string(played)},
                        {"PTS", format("{:.1f}", double(points) / played)},
                        {"USG_PCT", format("0.{}", 100 + points % 100)}});
      }
    }
    std::vector<std::string> headers = {
        "PLAYER_ID", "GP",        "PLAYER_NAME", "TEAM_ID", "TEAM_ABBREVIATION",
        "W",         "L",         "MIN",         "PTS",     "OREB",
        "DREB",      "REB",       "AST",         "STL",     "BLK",
        "TOV",       "PF",        "FGM",         "FGA",     "FG_PCT",
        "FG3M",      "FG3A",      "FG3_PCT",     "FTM",     "FTA",
        "FT_PCT",    "PLUS_MINUS"};
    if (request.parameter("MeasureType") == "Advanced") {
      headers = {"PLAYER_ID", "GP",      "OFF_RATING", "DEF_RATING", "NET_RATING", "USG_PCT",
                 "TS_PCT",    "EFG_PCT", "AST_PCT",    "PACE",       "PIE"};
    }
    return answer(request, "LeagueDashPlayerStats", headers, rows);
  }

  // The number and the text of a status.
  static std::string status_of(const Game& game) {
    if (game.status == "final") return R"("gameStatus":3,"gameStatusText":"Final")";
    if (game.status == "live") return R"("gameStatus":2,"gameStatusText":"Q3 4:10 ")";
    if (game.status == "postponed") return R"("gameStatus":1,"gameStatusText":"PPD")";
    return R"("gameStatus":1,"gameStatusText":"7:30 pm ET")";
  }
  static std::string side(const char* key, int team, int score) {
    return format(R"("{}":{{"teamId":{},"teamTricode":"{}","score":{}}})", key, team, name(team),
                  score);
  }
  static std::string entry(const Game& game) {
    return format(R"({{"gameId":"{}",{},"gameDateTimeUTC":"{}T23:30:00Z","gameTimeUTC":)"
                  R"("{}T23:30:00Z","isNeutral":{},"arenaName":"Hall","period":0,"gameClock":"",)"
                  R"({},{}}})",
                  game.id, status_of(game), game.date, game.date, game.neutral,
                  side("homeTeam", game.home, game.home_score),
                  side("awayTeam", game.away, game.away_score));
  }

  std::string schedule() const {
    std::map<std::string, std::string> days;
    for (const auto& game : games) {
      auto& day = days[game.date];
      day += (day.empty() ? "" : ",") + entry(game);
    }
    std::string list;
    for (const auto& [date, entries] : days) {
      list +=
          format(R"({}{{"gameDate":"{}/{}/{} 00:00:00","games":[{}]}})", list.empty() ? "" : ",",
                 date.substr(5, 2), date.substr(8, 2), date.substr(0, 4), entries);
    }
    return R"({"leagueSchedule":{"seasonYear":")" + season + R"(","gameDates":[)" + list + "]}}";
  }

  std::string board(const std::string& day) const {
    std::string list;
    for (const auto& game : games) {
      if (game.date == day) list += (list.empty() ? "" : ",") + entry(game);
    }
    return R"({"scoreboard":{"gameDate":")" + day + R"(","games":[)" + list + "]}}";
  }
};

}  // namespace nbasync::testing
