#include "store/store.hpp"

#include "unit/store/store_fixture.hpp"

namespace nbasync::store_test {
namespace {

using testing::Counts;
using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::kNull;
using testing::OpenStore;
using testing::real;
using testing::text;

class StoreTest : public testing::StoreFixture {};

constexpr const char* kToday = "2026-01-15";

TEST_F(StoreTest, CountsWhatBecameOfEachRow) {
  OpenStore store(path_);
  EXPECT_THAT(apply(store, day(kToday, {{"a", integer(1)}, {"b", integer(2)}, {"c", integer(3)}})),
              Counts(3, 0, 0, 0));
  EXPECT_THAT(apply(store, day(kToday, {{"b", integer(2)}, {"c", integer(4)}, {"d", integer(5)}})),
              Counts(1, 1, 1, 1));
  EXPECT_EQ(ask("SELECT game_id || home_team_score FROM todays_games ORDER BY game_id"),
            "b2,c4,d5");
}

TEST_F(StoreTest, IdenticalRowsWriteNotAByte) {
  OpenStore store(path_);
  const auto change = day(kToday, {{"a", integer(1)}, {"b", kNull}});
  apply(store, change);
  store.checkpoint();
  ASSERT_EQ(log_bytes(), 0U);
  now_ += std::chrono::hours(1);
  EXPECT_THAT(apply(store, change), Counts(0, 0, 2, 0));
  EXPECT_EQ(log_bytes(), 0U);
}

TEST_F(StoreTest, OnlyAChangedRowIsStampedAnew) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", integer(1)}, {"b", integer(2)}}));
  now_ += std::chrono::minutes(5);
  apply(store, day(kToday, {{"a", integer(1)}, {"b", integer(3)}}));
  EXPECT_EQ(ask("SELECT synced_at FROM todays_games WHERE game_id = 'a'"), "2026-01-15T12:00:00Z");
  EXPECT_EQ(ask("SELECT synced_at FROM todays_games WHERE game_id = 'b'"), "2026-01-15T12:05:00Z");
}

TEST_F(StoreTest, ValuesBecomeAndCeaseToBeNull) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", integer(1)}}));
  EXPECT_THAT(apply(store, day(kToday, {{"a", kNull}})), Counts(0, 1, 0, 0));
  EXPECT_EQ(ask("SELECT home_team_score IS NULL FROM todays_games"), "1");
  EXPECT_THAT(apply(store, day(kToday, {{"a", integer(0)}})), Counts(0, 1, 0, 0));
  EXPECT_THAT(apply(store, day(kToday, {{"a", real(0.0)}})), Counts(0, 0, 1, 0));
}

TEST_F(StoreTest, AnotherScopeIsLeftAlone) {
  OpenStore store(path_);
  apply(store, day("2026-01-14", {{"a", integer(1)}}));
  EXPECT_THAT(apply(store, day(kToday, {{"b", integer(1)}})), Counts(1, 0, 0, 0));
  EXPECT_EQ(ask("SELECT count(*) FROM todays_games"), "2");
}

TEST_F(StoreTest, AGameThatMovedToAnotherDayIsUpdatedNotDoubled) {
  OpenStore store(path_);
  apply(store, day("2026-01-14", {{"a", integer(1)}, {"b", integer(1)}}));
  EXPECT_THAT(apply(store, day(kToday, {{"a", integer(1)}})), Counts(0, 1, 0, 0));
  EXPECT_EQ(ask("SELECT game_date FROM todays_games WHERE game_id = 'a'"), kToday);
  EXPECT_THAT(apply(store, day("2026-01-14", {{"b", integer(1)}})), Counts(0, 0, 1, 0));
}

TEST_F(StoreTest, NothingNeverReplacesSomething) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", integer(1)}, {"b", integer(2)}}));
  const Error error = error_of([&] { apply(store, day(kToday, {})); });
  EXPECT_EQ(error.code(), Errc::kUpstreamEmpty);
  EXPECT_THAT(error.what(),
              HasSubstr("todays_games 2026-01-15: upstream answered without rows, where "
                        "2 are stored"));
  EXPECT_EQ(ask("SELECT count(*) FROM todays_games"), "2");
}

TEST_F(StoreTest, NothingWhereNothingIsStoredIsFine) {
  OpenStore store(path_);
  EXPECT_THAT(apply(store, day(kToday, {})), Counts(0, 0, 0, 0));
}

TEST_F(StoreTest, AnIncompleteChangeDeletesNothing) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", integer(1)}}));
  TableChange more = day(kToday, {{"b", integer(1)}});
  more.complete = false;
  EXPECT_THAT(apply(store, more), Counts(1, 0, 0, 0));
  TableChange none = day(kToday, {});
  none.complete = false;
  EXPECT_THAT(apply(store, none), Counts(0, 0, 0, 0));
  EXPECT_EQ(ask("SELECT count(*) FROM todays_games"), "2");
}

TEST_F(StoreTest, PrunedRowsCountAsDeleted) {
  OpenStore store(path_);
  apply(store, day("2026-01-01", {{"a", integer(1)}}));
  apply(store, day("2026-01-08", {{"b", integer(1)}}));
  const Decoded decoded{{day(kToday, {{"c", integer(1)}})},
                        {{kTodaysGames.tables[0], {"game_date < $1", {text("2026-01-08")}, ""}}}};
  EXPECT_THAT(apply(store, decoded), Counts(1, 0, 0, 1));
  EXPECT_EQ(ask("SELECT min(game_date) FROM todays_games"), "2026-01-08");
}

TEST_F(StoreTest, AnUncountedChangeIsMadeButNotCounted) {
  OpenStore store(path_);
  TableChange change = day(kToday, {{"a", integer(1)}});
  change.counted = false;
  EXPECT_THAT(apply(store, change), Counts(0, 0, 0, 0));
  EXPECT_EQ(ask("SELECT count(*) FROM todays_games"), "1");
}

TEST_F(StoreTest, AFailureInTheLastChangeUndoesTheFirst) {
  OpenStore store(path_);
  apply(store, day("2026-01-14", {{"old", integer(1)}}));
  Decoded decoded;
  decoded.changes.push_back(day(kToday, {{"a", integer(1)}}));
  decoded.changes.push_back(day("2026-01-14", {}));
  EXPECT_THROW(apply(store, decoded), Error);
  EXPECT_EQ(ask("SELECT game_id FROM todays_games"), "old");
  EXPECT_THAT(apply(store, day(kToday, {{"a", integer(1)}})), Counts(1, 0, 0, 0));
}

TEST_F(StoreTest, AStopRequestUndoesEverything) {
  OpenStore store(path_);
  std::vector<std::string> ids;
  for (int i = 0; i < 500; ++i) ids.push_back("game" + std::to_string(i));
  std::vector<Game> games;
  for (const auto& id : ids) games.push_back({id.c_str(), integer(1)});
  std::stop_source stop;
  stop.request_stop();
  const Error error = error_of([&] { apply(store, day(kToday, games), stop.get_token()); });
  EXPECT_EQ(error.code(), Errc::kCancelled);
  EXPECT_EQ(ask("SELECT count(*) FROM todays_games"), "0");
  EXPECT_THAT(apply(store, day(kToday, games)), Counts(500, 0, 0, 0));
}

TEST_F(StoreTest, AllDecodingsOfADatasetShareOneStore) {
  OpenStore store(path_);
  const std::string id = "0022500001";
  const std::array schedule = {
      Column{"id", Type::kText, true}, Column{"season"}, Column{"home_team_id", Type::kInteger},
      Column{"home_score", Type::kInteger, false, OnUpdate::kKeepIfNull}, Column{"status"}};
  const std::array logs = {Column{"id", Type::kText, true},
                           Column{"season", Type::kText, false, OnUpdate::kInsertOnly},
                           Column{"home_team_id", Type::kInteger, false, OnUpdate::kInsertOnly},
                           Column{"home_score", Type::kInteger, false, OnUpdate::kKeepIfNull},
                           Column{"status", Type::kText, false, OnUpdate::kInsertOnly}};
  const auto scheduled = [&] {
    return TableChange{
        &kGamesTable,
        {schedule, {text("0022500001"), text("2025-26"), integer(7), kNull, text("scheduled")}},
        {"season = $1", {text("2025-26")}, "games 2025-26"}};
  };
  const auto logged = [&](Value score) {
    return TableChange{
        &kGamesTable,
        {logs, {text("0022500001"), text("2025-26"), integer(99), std::move(score), text("final")}},
        {},
        false};
  };
  apply(store, scheduled());
  now_ += std::chrono::hours(1);
  EXPECT_THAT(apply(store, logged(integer(112))), Counts(0, 1, 0, 0));
  EXPECT_THAT(apply(store, logged(kNull)), Counts(0, 0, 1, 0));
  EXPECT_THAT(apply(store, scheduled()), Counts(0, 0, 1, 0));
  EXPECT_EQ(ask("SELECT home_team_id || ' ' || home_score || ' ' || status FROM games"),
            "7 112 scheduled");
  EXPECT_EQ(ask("SELECT created_at || ' ' || updated_at FROM games"),
            "2026-01-15T12:00:00Z 2026-01-15T13:00:00Z");
}

TEST_F(StoreTest, AnInsertOnlyRowBeyondTheScopeIsUnchanged) {
  OpenStore store(path_);
  tell("INSERT INTO games (id, season) VALUES ('0022500001', NULL)");
  const std::array columns = {Column{"id", Type::kText, true},
                              Column{"season", Type::kText, false, OnUpdate::kInsertOnly}};
  EXPECT_THAT(
      apply(store,
            TableChange{&kGamesTable, {columns, {text("0022500001"), text("2025-26")}}, {}, false}),
      Counts(0, 0, 1, 0));
}

TEST_F(StoreTest, FactsAreOfTheSeasonAndOfOurGames) {
  OpenStore store(path_);
  tell(
      "INSERT INTO games (id, season, game_date, home_team_id, status, is_neutral) VALUES "
      "('0022500001', '2025-26', '2025-11-01T00:00:00', 7, 'final', 1), "
      "('0022500002', '2025-26', '2025-11-02', NULL, NULL, NULL), "
      "('0022400001', '2024-25', '2024-11-02', 8, 'final', 0), "
      "('1522500001', '2025-26', '2025-07-02', 9, 'final', 0);"
      "INSERT INTO team_game_logs (game_id, team_id, season, team_pts, win_loss, "
      "team_abbreviation) VALUES ('0022500001', 7, '2025-26', 101, 'W', 'MEM'), "
      "('0022500001', 8, '2025-26', 99, 'L', 'DAL'), ('0022500002', 7, '2025-26', 50, NULL, 'MEM');"
      "INSERT INTO standings (team_id, season) VALUES (7, '2024-25');"
      "INSERT INTO nba_teams (team_id, season) VALUES (7, '2025-26');");
  SeasonFacts facts;
  facts.season = "2025-26";
  store.read(kGameLogs, facts, {});
  ASSERT_EQ(facts.games.size(), 2U);
  const auto& game = facts.games.at("0022500001");
  EXPECT_EQ(game.date, "2025-11-01");
  EXPECT_EQ(game.home_team, 7);
  EXPECT_EQ(game.is_neutral, true);
  EXPECT_TRUE(game.is_scheduled);
  EXPECT_FALSE(facts.games.at("0022500002").is_scheduled);
  EXPECT_FALSE(facts.games.at("0022500002").home_team.has_value());
  EXPECT_TRUE(facts.logs.at("0022500001").over);
  EXPECT_EQ(facts.logs.at("0022500001").points.at(8), 99);
  EXPECT_FALSE(facts.logs.at("0022500002").over);
  EXPECT_EQ(facts.lines.at("0022500001"), 2);
  EXPECT_EQ(facts.abbreviations.at(7), "MEM");
  EXPECT_EQ(facts.newest_season, "2025-26");
  EXPECT_EQ(facts.teams_of_season, std::set<std::int64_t>{7});
}

TEST_F(StoreTest, FactsOfGamesAreReadOnceARunAndAgainWhenItHasWritten) {
  OpenStore store(path_);
  const auto boards = [&] {
    SeasonFacts facts;
    facts.season = "2025-26";
    store.read(kGameLogs, facts, {});
    return facts.board.size();
  };
  const auto another_program = [this](const std::string& id) {
    tell("INSERT INTO todays_games (game_id, game_date) VALUES ('" + id + "', '2020-01-01')");
  };
  const auto mine = day(kToday, {{"0022500001", integer(1)}});
  store.begin("one", {});
  EXPECT_EQ(boards(), 0U);
  another_program("0022500008");
  EXPECT_EQ(boards(), 0U) << "that is for the next run";
  apply(store, mine);
  EXPECT_EQ(boards(), 2U);
  another_program("0022500009");
  apply(store, mine);
  EXPECT_EQ(boards(), 2U) << "nothing was written";
  static constexpr std::array kOfTeam = {Column{"team_id", Type::kInteger, true},
                                         Column{"season", Type::kText, true}};
  EXPECT_THAT(apply(store, TableChange{&kStandingsTable,
                                       {kOfTeam, {integer(7), text("2025-26")}},
                                       {"season = $1", {"2025-26"}, "standings"}}),
              Counts(1, 0, 0, 0));
  EXPECT_EQ(boards(), 2U) << "what was written tells nothing of games";
  store.rehearse(
      [&] {
        apply(store, day(kToday, {{"0022500001", integer(1)}, {"0022500002", integer(1)}}));
        EXPECT_EQ(boards(), 4U);
      },
      {});
  EXPECT_EQ(boards(), 3U) << "what was rehearsed is undone";
  another_program("0022500010");
  store.begin("two", {});
  EXPECT_EQ(boards(), 4U);
}

}  // namespace
}  // namespace nbasync::store_test
