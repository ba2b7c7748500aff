#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "support/decoding.hpp"

namespace nbasync::catalog_test {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAreArray;

std::string name_of(const ::testing::TestParamInfo<const Dataset*>& info) {
  return std::string(info.param->name);
}

class EveryDatasetTest : public ::testing::TestWithParam<const Dataset*> {};

TEST_P(EveryDatasetTest, AsksWithAllParametersInAlphabeticalOrder) {
  for (const Request& request : GetParam()->requests(testing::new_season())) {
    EXPECT_FALSE(request.path.empty());
    EXPECT_NE(request.path.front(), '/');
    EXPECT_TRUE(std::is_sorted(request.query.begin(), request.query.end())) << request.key();
    if (request.host != Host::kStats) continue;
    const auto has = [&](const char* name, const char* value) {
      return std::count(request.query.begin(), request.query.end(),
                        std::pair<std::string, std::string>(name, value)) == 1;
    };
    EXPECT_TRUE(has("LeagueID", "00")) << request.key();
    if (request.path == "commonteamyears") continue;
    EXPECT_TRUE(has("Season", "2025-26")) << request.key();
    if (request.path == "playerindex") continue;
    EXPECT_TRUE(has("SeasonType", "Regular Season")) << request.key();
  }
}

TEST_P(EveryDatasetTest, IsFoundByItsName) {
  EXPECT_EQ(find_dataset(GetParam()->name), GetParam());
}

TEST_P(EveryDatasetTest, SaysWhatTheProgramNeedsToKnow) {
  const Dataset& dataset = *GetParam();
  ASSERT_FALSE(dataset.tables.empty());
  for (const Table* table : dataset.tables) {
    EXPECT_EQ(std::count(tables().begin(), tables().end(), table), 1) << table->name;
  }
  EXPECT_GT(dataset.lock.timeout, Duration{0});
  EXPECT_GT(dataset.stale_after, Duration{0});
  EXPECT_TRUE(dataset.moves_games || !dataset.may_be_live);
  EXPECT_EQ(default_locks().at(std::string(dataset.name)), dataset.lock);
  EXPECT_EQ(default_freshness().at(std::string(dataset.name)), dataset.stale_after);
}

INSTANTIATE_TEST_SUITE_P(Catalog, EveryDatasetTest,
                         ::testing::ValuesIn(catalog().begin(), catalog().end()), name_of);

TEST(CatalogTest, ListsTheDatasetsInTheOrderOfAFullSync) {
  std::vector<std::string_view> names;
  for (const Dataset* dataset : catalog()) names.push_back(dataset->name);
  EXPECT_THAT(names, ElementsAre("teams", "schedule", "season_stats", "game_logs", "todays_games",
                                 "players", "player_game_logs", "player_season_stats"));
  EXPECT_EQ(find_dataset("full"), nullptr);
  EXPECT_EQ(find_dataset(""), nullptr);
}

TEST(CatalogTest, KnowsWhatASyncOfEachTypeRuns) {
  EXPECT_THAT(sync_types(),
              ElementsAre("teams", "schedule", "season_stats", "game_logs", "todays_games",
                          "players", "player_game_logs", "player_season_stats", "full"));
  EXPECT_THAT(datasets_of("game_logs"), ElementsAre(&kGameLogs));
  EXPECT_THAT(datasets_of("full"),
              ElementsAre(&kTeams, &kSchedule, &kSeasonStats, &kGameLogs, &kTodaysGames, &kPlayers,
                          &kPlayerGameLogs, &kPlayerSeasonStats));
  EXPECT_THAT(datasets_of("games"), ElementsAre());
  EXPECT_EQ(default_locks().at("full"), (LockWait{std::chrono::minutes{5}, false}));
  EXPECT_EQ(default_locks().size(), sync_types().size());
  EXPECT_EQ(default_freshness().size(), catalog().size());
}

TEST(CatalogTest, KnowsWhatMovesGames) {
  for (const auto* type : {"full", "schedule", "game_logs", "todays_games"}) {
    EXPECT_TRUE(moves_games(type)) << type;
  }
  for (const auto* type : {"teams", "season_stats", "players", "player_game_logs", ""})
    EXPECT_FALSE(moves_games(type)) << type;
}

TEST(CatalogTest, AFullSyncIsTwentyDifferentRequests) {
  std::set<std::string> keys;
  std::map<std::string_view, std::size_t> count;
  for (const Dataset* dataset : catalog()) {
    for (const Request& request : dataset->requests(testing::new_season()))
      keys.insert(request.key());
    count[dataset->name] = dataset->requests(testing::new_season()).size();
  }
  EXPECT_EQ(keys.size(), 20U);
  EXPECT_EQ(count["teams"], 2U);
  EXPECT_EQ(count["schedule"], 1U);
  EXPECT_EQ(count["season_stats"], 9U);
  EXPECT_EQ(count["game_logs"], 3U);
  EXPECT_EQ(count["todays_games"], 1U);
  EXPECT_EQ(count["players"], 1U);
  EXPECT_EQ(count["player_game_logs"], 1U);
  EXPECT_EQ(count["player_season_stats"], 2U);
}

TEST(CatalogTest, RequestsAreThoseThatUpstreamDocuments) {
  EXPECT_EQ(kTeams.requests(testing::new_season())[1].key(),
            "leaguestandingsv3?LeagueID=00&Season=2025-26&SeasonType=Regular Season&SeasonYear=");
  EXPECT_EQ(kSchedule.requests(testing::new_season())[0].key(), "staticData/scheduleLeagueV2.json");
  EXPECT_EQ(kTodaysGames.requests(testing::new_season())[0].key(),
            "liveData/scoreboard/todaysScoreboard_00.json");
  EXPECT_EQ(kGameLogs.requests(testing::new_season())[1].key(),
            "teamgamelogs?DateFrom=&DateTo=&GameSegment=&LastNGames=&LeagueID=00&Location=&"
            "MeasureType=Advanced&Month=&Outcome=&PORound=&PerMode=Totals&Period=&PlayerID=&"
            "Season=2025-26&SeasonSegment=&SeasonType=Regular Season&ShotClockRange=&TeamID=&"
            "VsConference=&VsDivision=");
  EXPECT_EQ(kSeasonStats.requests(testing::new_season())[5].key(),
            "leaguedashteamstats?Conference=&DateFrom=&DateTo=&Division=&GameScope=&GameSegment=&"
            "LastNGames=0&LeagueID=00&Location=Home&MeasureType=Opponent&Month=0&OpponentTeamID=0&"
            "Outcome=&PORound=&PaceAdjust=N&PerMode=PerGame&Period=0&PlayerExperience=&"
            "PlayerPosition=&PlusMinus=N&Rank=N&Season=2025-26&SeasonSegment=&"
            "SeasonType=Regular Season&ShotClockRange=&StarterBench=&TeamID=&TwoWay=&"
            "VsConference=&VsDivision=");
  EXPECT_EQ(kPlayers.requests(testing::new_season())[0].key(),
            "playerindex?Active=&AllStar=&College=&Country=&DraftPick=&DraftYear=&Height=&"
            "Historical=&LeagueID=00&PlayerPosition=&Season=2025-26&TeamID=&Weight=");
  EXPECT_EQ(kPlayerGameLogs.requests(testing::new_season())[0].key(),
            "leaguegamelog?Counter=0&DateFrom=&DateTo=&Direction=ASC&LeagueID=00&PlayerOrTeam=P&"
            "Season=2025-26&SeasonType=Regular Season&Sorter=DATE");
  EXPECT_EQ(kPlayerSeasonStats.requests(testing::new_season())[1].key(),
            "leaguedashplayerstats?College=&Conference=&Country=&DateFrom=&DateTo=&Division=&"
            "DraftPick=&DraftYear=&GameScope=&GameSegment=&Height=&LastNGames=0&LeagueID=00&"
            "Location=&MeasureType=Advanced&Month=0&OpponentTeamID=0&Outcome=&PORound=&"
            "PaceAdjust=N&PerMode=PerGame&Period=0&PlayerExperience=&PlayerPosition=&PlusMinus=N&"
            "Rank=N&Season=2025-26&SeasonSegment=&SeasonType=Regular Season&ShotClockRange=&"
            "StarterBench=&TeamID=&TwoWay=&VsConference=&VsDivision=&Weight=");
}

// What is asked for in every phase of a season; see types_to_ask.
TEST(CatalogTest, ASeasonPartIsAskedForOnceItHasBegun) {
  auto facts = testing::new_season();
  for (const auto& names : kSeasonTypes) {
    if (names.type != SeasonType::kPreSeason) facts.types.push_back(names.type);
  }
  const auto asked = [&] {
    std::map<std::string, std::size_t> count;
    for (const auto* dataset : {&kSeasonStats, &kGameLogs}) {
      for (const auto& request : dataset->requests(facts)) {
        ++count[std::string(request.parameter("SeasonType"))];
      }
    }
    return count;
  };
  using Count = std::map<std::string, std::size_t>;
  const auto play = [&](const std::string& id, const std::string& status, const std::string& date) {
    facts.games[id] = testing::stored_game(status, 1, 2, date);
  };
  play("0022500001", "scheduled", "2026-01-20");
  EXPECT_EQ(asked(), Count()) << "before the season";
  play("0022500002", "live", "2026-01-15");
  EXPECT_EQ(asked(), (Count{{"Regular Season", 12}}));
  play("0062500001", "final", "2026-01-14");
  EXPECT_EQ(asked(), (Count{{"Regular Season", 12}, {"IST", 3}}));
  play("0042500101", "final", "2026-01-14");
  EXPECT_EQ(asked(), (Count{{"Regular Season", 12}, {"IST", 3}, {"Playoffs", 12}}));

  // A Cup that is over and has its lines: once a week.
  play("0062500001", "final", "2026-01-10");
  facts.lines["0062500001"] = 2;
  EXPECT_EQ(asked()["IST"], 3U);
  auto& cup = facts.remembered["team_game_logs 2025-26 cup"];
  cup.checked_at = facts.now - std::chrono::hours{24 * 6};
  EXPECT_EQ(asked()["IST"], 0U);
  cup.checked_at = facts.now - std::chrono::hours{24 * 8};
  EXPECT_EQ(asked()["IST"], 3U);
  cup.checked_at = facts.now + std::chrono::hours{24};
  EXPECT_EQ(asked()["IST"], 3U) << "the future counts for nothing";

  facts.types = {SeasonType::kPlayoffs};
  EXPECT_EQ(asked(), (Count{{"Playoffs", 12}}));
}

TEST(CatalogTest, WhatASeasonDidNotHaveIsNotAskedFor) {
  const auto types = [](const std::string& season) {
    auto facts = testing::new_season(season);
    facts.types.clear();
    for (const auto& names : kSeasonTypes) facts.types.push_back(names.type);
    std::set<std::string> found;
    for (const auto& request : kGameLogs.requests(facts)) {
      found.insert(format("{} {}", request.endpoint(), request.parameter("SeasonType")));
    }
    return found;
  };
  using Found = std::set<std::string>;
  EXPECT_EQ(types("1995-96"), (Found{"leaguegamelog Regular Season", "leaguegamelog Playoffs",
                                     "leaguegamelog Pre Season"}));
  EXPECT_EQ(types("2018-19"), (Found{"teamgamelogs Regular Season", "teamgamelogs Playoffs",
                                     "teamgamelogs Pre Season"}));
  EXPECT_EQ(types("2023-24").size(), 5U);
  EXPECT_TRUE(kSeasonStats.requests(testing::new_season("1995-96")).empty());
  EXPECT_EQ(kSeasonStats.requests(testing::new_season("1996-97")).size(), 9U);
}

// Every column that is promised, written out.
const std::map<std::string_view, std::vector<std::string_view>>& promised() {
  static const std::map<std::string_view, std::vector<std::string_view>> columns = {
      {"nba_teams",
       {"team_id", "team_abbreviation", "full_name", "city", "state", "year_founded", "conference",
        "division", "season", "last_updated"}},
      {"games",
       {"id", "season", "game_date", "game_time_utc", "home_team_id", "away_team_id", "home_score",
        "away_score", "actual_total_points", "game_pace", "status", "game_type", "is_neutral",
        "label", "arena", "created_at", "updated_at"}},
      {"team_game_logs",
       {"game_id",
        "team_id",
        "game_date",
        "season",
        "game_type",
        "matchup",
        "is_home",
        "opponent_team_id",
        "opponent_abbr",
        "team_abbreviation",
        "team_pts",
        "opp_pts",
        "win_loss",
        "minutes",
        "off_rating",
        "def_rating",
        "pace",
        "possessions",
        "fgm",
        "fga",
        "fg_pct",
        "fg2m",
        "fg2a",
        "fg3m",
        "fg3a",
        "fg3_pct",
        "ftm",
        "fta",
        "ft_pct",
        "offensive_rebounds",
        "defensive_rebounds",
        "rebounds",
        "assists",
        "steals",
        "blocks",
        "turnovers",
        "points_off_turnovers",
        "second_chance_points",
        "fast_break_points",
        "points_in_paint",
        "opp_off_rating",
        "opp_def_rating",
        "opp_pace",
        "opp_possessions",
        "opp_fgm",
        "opp_fga",
        "opp_fg_pct",
        "opp_fg2m",
        "opp_fg2a",
        "opp_fg3m",
        "opp_fg3a",
        "opp_fg3_pct",
        "opp_ftm",
        "opp_fta",
        "opp_ft_pct",
        "opp_offensive_rebounds",
        "opp_defensive_rebounds",
        "opp_rebounds",
        "opp_assists",
        "opp_steals",
        "opp_blocks",
        "opp_turnovers",
        "opp_points_off_turnovers",
        "opp_second_chance_points",
        "opp_fast_break_points",
        "opp_points_in_paint",
        "rest_days",
        "is_back_to_back",
        "synced_at"}},
      {"team_season_stats",
       {"team_id",
        "season",
        "split_type",
        "games_played",
        "wins",
        "losses",
        "ppg",
        "opp_ppg",
        "fg_pct",
        "fg3_pct",
        "ft_pct",
        "rebounds",
        "assists",
        "steals",
        "blocks",
        "turnovers",
        "off_rtg",
        "def_rtg",
        "net_rtg",
        "pace",
        "true_shooting_pct",
        "efg_pct",
        "possessions",
        "fg2m",
        "fg2a",
        "fg2_pct",
        "fg3m",
        "fg3a",
        "ftm",
        "fta",
        "two_pt_ppg",
        "three_pt_ppg",
        "ft_ppg",
        "opp_fgm",
        "opp_fga",
        "opp_fg_pct",
        "opp_fg2m",
        "opp_fg2a",
        "opp_fg2_pct",
        "opp_fg3m",
        "opp_fg3a",
        "opp_fg3_pct",
        "opp_ftm",
        "opp_fta",
        "opp_ft_pct",
        "opp_offensive_rebounds",
        "opp_defensive_rebounds",
        "opp_rebounds",
        "opp_assists",
        "opp_tov",
        "opp_steals",
        "opp_blocks",
        "ppg_rank",
        "opp_ppg_rank",
        "fg_pct_rank",
        "fg3_pct_rank",
        "ft_pct_rank",
        "off_rtg_rank",
        "def_rtg_rank",
        "net_rtg_rank",
        "pace_rank",
        "opp_tov_rank",
        "opp_fg3_pct_rank",
        "opp_assists_rank",
        "games_as_of",
        "synced_at"}},
      {"standings",
       {"team_id",
        "season",
        "team_abbreviation",
        "city",
        "name",
        "conference",
        "division",
        "wins",
        "losses",
        "win_pct",
        "conference_rank",
        "division_rank",
        "playoff_seeding",
        "clinch_indicator",
        "conference_games_back",
        "division_games_back",
        "home_record",
        "road_record",
        "neutral_record",
        "last_10",
        "streak",
        "current_streak",
        "points_per_game",
        "opp_points_per_game",
        "points_differential",
        "record_vs_east",
        "record_vs_west",
        "synced_at"}},
      {"todays_games",
       {"game_id", "game_date", "season", "home_team_id", "home_team_name", "home_team_score",
        "away_team_id", "away_team_name", "away_team_score", "game_status_text", "game_status_code",
        "period", "game_clock", "game_time_utc", "game_type", "synced_at"}},
      {"league_averages",
       {"season", "ppg", "pace", "off_rtg", "def_rtg", "fg_pct", "fg3_pct", "ft_pct",
        "updated_at"}},
      {"players",
       {"player_id",     "full_name",         "first_name",    "last_name",  "slug",
        "team_id",       "team_abbreviation", "jersey_number", "position",   "height_inches",
        "weight_pounds", "college",           "country",       "draft_year", "draft_round",
        "draft_number",  "roster_status",     "from_year",     "to_year",    "season",
        "synced_at"}},
      {"player_game_logs",
       {"game_id",
        "player_id",
        "player_name",
        "team_id",
        "team_abbreviation",
        "season",
        "game_type",
        "game_date",
        "matchup",
        "is_home",
        "opponent_team_id",
        "win_loss",
        "minutes",
        "fgm",
        "fga",
        "fg_pct",
        "fg3m",
        "fg3a",
        "fg3_pct",
        "ftm",
        "fta",
        "ft_pct",
        "offensive_rebounds",
        "defensive_rebounds",
        "rebounds",
        "assists",
        "steals",
        "blocks",
        "turnovers",
        "fouls",
        "points",
        "plus_minus",
        "synced_at"}},
      {"player_season_stats",
       {"player_id",
        "season",
        "split_type",
        "player_name",
        "team_id",
        "team_abbreviation",
        "team_count",
        "age",
        "games_played",
        "wins",
        "losses",
        "minutes",
        "points",
        "rebounds",
        "offensive_rebounds",
        "defensive_rebounds",
        "assists",
        "steals",
        "blocks",
        "turnovers",
        "fouls",
        "fgm",
        "fga",
        "fg_pct",
        "fg3m",
        "fg3a",
        "fg3_pct",
        "ftm",
        "fta",
        "ft_pct",
        "plus_minus",
        "off_rtg",
        "def_rtg",
        "net_rtg",
        "usg_pct",
        "ts_pct",
        "efg_pct",
        "ast_pct",
        "pace",
        "pie",
        "double_doubles",
        "triple_doubles",
        "synced_at"}},
  };
  return columns;
}

class EveryTableTest : public ::testing::TestWithParam<const Table*> {};

TEST_P(EveryTableTest, HasThePromisedColumnsOnceEach) {
  const Table& table = *GetParam();
  std::vector<std::string_view> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  names.push_back(table.stamp);
  if (!table.created.empty()) names.push_back(table.created);
  EXPECT_THAT(names, UnorderedElementsAreArray(promised().at(table.name)));
}

TEST_P(EveryTableTest, HasAKey) {
  const Table& table = *GetParam();
  EXPECT_TRUE(std::any_of(table.columns.begin(), table.columns.end(),
                          [](const Column& column) { return column.key; }));
}

INSTANTIATE_TEST_SUITE_P(Catalog, EveryTableTest,
                         ::testing::ValuesIn(tables().begin(), tables().end()),
                         [](const auto& param) { return std::string(param.param->name); });

}  // namespace
}  // namespace nbasync::catalog_test
