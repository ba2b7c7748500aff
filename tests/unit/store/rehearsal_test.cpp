#include <gmock/gmock.h>

#include <map>

#include "unit/store/store_fixture.hpp"

namespace nbasync {
namespace {

using testing::Counts;
using testing::integer;
using testing::StoreFixture;

constexpr const char* kToday = "2026-01-15";

using RehearsalTest = StoreFixture;

std::string text_of(const RowChange::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell.value)) return std::to_string(*number);
  return "NULL";
}

// "home_team_score=1 …", but for the stamp, which is the time's.
std::string line_of(const RowChange& row, const std::vector<RowChange::Cell>& cells) {
  std::string line;
  for (const auto& cell : cells) {
    const auto& name = row.table->columns.at(cell.column);
    if (name == "synced_at" || text_of(cell) == "NULL") continue;
    line += (line.empty() ? "" : " ") + name + "=" + text_of(cell);
  }
  return line;
}

const RowChange& change_of(const RowChanges& changes, const std::string& id) {
  for (const auto& row : changes.rows) {
    if (line_of(row, row.key) == "game_id=" + id) return row;
  }
  throw std::runtime_error("no change of " + id);
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
  ASSERT_EQ(found.changes.rows.size(), 3U);
  EXPECT_FALSE(found.changes.truncated);

  const auto& updated = change_of(found.changes, "a");
  EXPECT_EQ(updated.op, RowChange::Op::kUpdate);
  EXPECT_EQ(updated.table->name, "todays_games");
  EXPECT_EQ(line_of(updated, updated.before), "home_team_score=1");
  EXPECT_EQ(line_of(updated, updated.after), "home_team_score=2");

  const auto& deleted = change_of(found.changes, "b");
  EXPECT_EQ(deleted.op, RowChange::Op::kDelete);
  EXPECT_THAT(line_of(deleted, deleted.before), ::testing::HasSubstr("home_team_score=1"));
  EXPECT_TRUE(deleted.after.empty());

  const auto& inserted = change_of(found.changes, "c");
  EXPECT_EQ(inserted.op, RowChange::Op::kInsert);
  EXPECT_TRUE(inserted.before.empty());
  EXPECT_THAT(line_of(inserted, inserted.after), ::testing::HasSubstr("home_team_score=3"));
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
  EXPECT_EQ(found.changes.rows.size(), 10'000U);
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
