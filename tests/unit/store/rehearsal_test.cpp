#include <gmock/gmock.h>

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "unit/store/store_fixture.hpp"

namespace nbasync {
namespace {

using testing::Counts;
using testing::integer;
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
  Store store(path_, {});
  apply(store, day(kToday, {{"a", integer(1)}, {"b", integer(1)}}), "first");
  store.checkpoint();
  const auto change = day(kToday, {{"a", integer(2)}, {"c", integer(1)}});
  EXPECT_THAT(rehearse(store, change).counts, Counts(1, 1, 0, 1));
  EXPECT_EQ(log_bytes(), 0U);
  EXPECT_EQ(ask("SELECT group_concat(game_id || home_team_score) FROM todays_games"), "a1,b1");
  EXPECT_TRUE(is_known(store, "first"));
  EXPECT_THAT(apply(store, change, "second"), Counts(1, 1, 0, 1));
}

TEST_F(RehearsalTest, TellsEachRowWithItsOldAndNewCells) {
  Store store(path_, {});
  apply(store, day(kToday, {{"a", integer(1)}, {"b", integer(1)}, {"same", integer(7)}}));
  const auto found =
      rehearse(store, day(kToday, {{"a", integer(2)}, {"c", integer(3)}, {"same", integer(7)}}));
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
  Store store(path_, {});
  apply(store, day(kToday, {{"a", integer(1)}, {"b", integer(1)}}));
  EXPECT_THAT(rehearse(store, day(kToday, {{"a", integer(2)}, {"c", integer(3)}})).counts,
              Counts(1, 1, 0, 1));
  const auto second = rehearse(store, day(kToday, {{"a", integer(1)}, {"c", integer(4)}}));
  EXPECT_THAT(second.counts, Counts(0, 2, 0, 0));
  auto rows = by_id(second.changes);
  ASSERT_EQ(rows.size(), 2U) << "a is as before";
  EXPECT_EQ(rows["b"]["op"], "delete");
  EXPECT_EQ(rows["c"]["op"], "insert");
  EXPECT_EQ(rows["c"]["new"]["home_team_score"], 4);
  EXPECT_EQ(ask("SELECT group_concat(game_id || home_team_score) FROM todays_games"), "a1,b1");
}

TEST_F(RehearsalTest, WhatIsTheSameIsNoChange) {
  Store store(path_, {});
  apply(store, day(kToday, {{"a", integer(1)}}));
  EXPECT_TRUE(rehearse(store, day(kToday, {{"a", integer(1)}})).changes.rows.empty());
}

TEST_F(RehearsalTest, ListIsBoundedAndSaysSoWhileTheCountsStayExact) {
  Store store(path_, {});
  std::vector<std::string> ids;
  for (int i = 0; i < 10'500; ++i) ids.push_back("game" + std::to_string(i));
  std::vector<Game> games;
  for (const auto& id : ids) games.push_back({id.c_str(), integer(1)});
  const auto found = rehearse(store, day(kToday, games));
  EXPECT_EQ(found.counts.inserted, 10'500);
  EXPECT_EQ(found.changes.count, 10'000U);
  EXPECT_TRUE(found.changes.truncated);
}

TEST_F(RehearsalTest, TableOfThePredecessorsWithoutAPrimaryKeyIsNotListedAndThatIsSaid) {
  {
    SQLite::Database db(path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec("CREATE TABLE todays_games (game_id TEXT, game_date TEXT)");
  }
  Store store(path_, {});
  const auto found = rehearse(store, day(kToday, {{"a", integer(1)}}));
  EXPECT_EQ(found.counts.inserted, 1);
  EXPECT_TRUE(found.changes.rows.empty());
  EXPECT_TRUE(found.changes.truncated);
}

}  // namespace
}  // namespace nbasync
