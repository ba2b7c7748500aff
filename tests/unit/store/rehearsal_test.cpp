#include <gmock/gmock.h>

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "unit/store/store_fixture.hpp"

namespace nbasync::rehearsal_test {
namespace {

using testing::Counts;
using testing::integer;
using testing::OpenStore;
using testing::StoreFixture;

constexpr const char* kToday = "2026-01-15";

using RehearsalTest = StoreFixture;

// The changes, by the id of their row.
std::map<std::string, nlohmann::json> by_id(const RowChanges& changes) {
  std::map<std::string, nlohmann::json> rows;
  for (auto& row : nlohmann::json::parse("[" + changes.rows + "]")) {
    rows.emplace(row["key"]["game_id"], row);
  }
  EXPECT_EQ(rows.size(), changes.count);
  return rows;
}

TEST_F(RehearsalTest, CountsAndChangesNothing) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", integer(1)}, {"b", integer(1)}}));
  store.checkpoint();
  const auto change = day(kToday, {{"a", integer(2)}, {"c", integer(1)}});
  EXPECT_THAT(rehearse(store, {change}).counts.at(0), Counts(1, 1, 0, 1));
  EXPECT_EQ(log_bytes(), 0U);
  EXPECT_EQ(ask("SELECT game_id || home_team_score FROM todays_games ORDER BY game_id"), "a1,b1");
  EXPECT_THAT(apply(store, change), Counts(1, 1, 0, 1));
}

TEST_F(RehearsalTest, TellsEachRowWithItsOldAndNewCells) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", integer(1)}, {"b", integer(1)}, {"same", integer(7)}}));
  const auto found =
      rehearse(store, {day(kToday, {{"a", integer(2)}, {"c", integer(3)}, {"same", integer(7)}})});
  EXPECT_FALSE(found.changes.truncated);
  auto rows = by_id(found.changes);
  ASSERT_EQ(rows.size(), 3U);

  EXPECT_EQ(rows["a"]["op"], "update");
  EXPECT_EQ(rows["a"]["table"], "todays_games");
  EXPECT_EQ(rows["a"]["old"], (nlohmann::json{{"home_team_score", 1}}));
  EXPECT_EQ(rows["a"]["new"], (nlohmann::json{{"home_team_score", 2}}));
  EXPECT_EQ(rows["b"]["op"], "delete");
  EXPECT_EQ(rows["b"]["old"]["home_team_score"], 1);
  EXPECT_EQ(rows["b"]["old"]["game_date"], kToday);
  EXPECT_FALSE(rows["b"].contains("new"));
  EXPECT_EQ(rows["c"]["op"], "insert");
  EXPECT_EQ(rows["c"]["new"]["home_team_score"], 3);
  EXPECT_TRUE(rows["c"]["new"]["period"].is_null());
  EXPECT_FALSE(rows["c"].contains("old"));
}

TEST_F(RehearsalTest, LaterStepBuildsOnTheEarlierAndTheirChangesAreNet) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", integer(1)}, {"b", integer(1)}}));
  const auto both = rehearse(store, {day(kToday, {{"a", integer(2)}, {"c", integer(3)}}),
                                     day(kToday, {{"a", integer(1)}, {"c", integer(4)}})});
  EXPECT_THAT(both.counts.at(0), Counts(1, 1, 0, 1));
  EXPECT_THAT(both.counts.at(1), Counts(0, 2, 0, 0));
  auto rows = by_id(both.changes);
  ASSERT_EQ(rows.size(), 2U) << "a is as before";
  EXPECT_EQ(rows["b"]["op"], "delete");
  EXPECT_EQ(rows["c"]["op"], "insert");
  EXPECT_EQ(rows["c"]["new"]["home_team_score"], 4);
  EXPECT_EQ(ask("SELECT game_id || home_team_score FROM todays_games ORDER BY game_id"), "a1,b1");
}

TEST_F(RehearsalTest, WhatIsTheSameIsNoChange) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", integer(1)}}));
  EXPECT_TRUE(rehearse(store, {day(kToday, {{"a", integer(1)}})}).changes.rows.empty());
}

TEST_F(RehearsalTest, ListIsBoundedAndSaysSoWhileTheCountsStayExact) {
  OpenStore store(path_);
  std::vector<std::string> ids;
  for (int i = 0; i < 10'500; ++i) ids.push_back("game" + std::to_string(i));
  std::vector<Game> games;
  for (const auto& id : ids) games.push_back({id.c_str(), integer(1)});
  const auto found = rehearse(store, {day(kToday, games)});
  EXPECT_EQ(found.counts.at(0).inserted, 10'500);
  EXPECT_EQ(found.changes.count, 10'000U);
  EXPECT_TRUE(found.changes.truncated);
}

TEST_F(RehearsalTest, ARowThatAnEarlierStepTookAwayAndALaterOneBringsIsNoChange) {
  OpenStore store(path_);
  apply(store, day(kToday, {{"a", integer(1)}, {"b", integer(1)}}));
  const auto found = rehearse(store, {day(kToday, {{"b", integer(1)}}),
                                      day(kToday, {{"a", integer(1)}, {"b", integer(1)}})});
  EXPECT_THAT(found.counts.at(0), Counts(0, 0, 1, 1));
  EXPECT_THAT(found.counts.at(1), Counts(1, 0, 1, 0));
  EXPECT_EQ(found.changes.rows, "");
}

}  // namespace
}  // namespace nbasync::rehearsal_test
