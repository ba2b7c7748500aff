#include <gmock/gmock.h>

#include <array>
#include <set>
#include <vector>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "engine_fixture.hpp"
#include "store/change_feed.hpp"
#include "store/declared_tables.hpp"
#include "store/filled.hpp"
#include "store/numbering.hpp"
#include "store/season_facts.hpp"
#include "store/whole_season.hpp"
#include "support/rows.hpp"

namespace nbasync {
namespace {

using testing::integer;
using testing::kNull;

constexpr std::array kColumns = {Column{"game_id", Type::kText, true}, Column{"game_date"},
                                 Column{"home_team_score", Type::kInteger},
                                 Column{"game_status_text"}};
constexpr Table kTable = {"todays_games", kColumns, "synced_at", ""};

// What each engine does with a change, word for word.
class EngineTest : public testing::EngineFixture {
 protected:
  struct Game {
    std::string id;
    Value score;
  };
  static TableChange day(const std::vector<Game>& games) {
    const std::string date = "2026-01-15";
    TableChange change{&kTable, {kColumns, {}}, {"game_date = $1", {date}, "todays_games " + date}};
    for (const Game& game : games) {
      change.rows.cells.insert(change.rows.cells.end(),
                               {game.id, date, game.score, std::string("Final")});
    }
    return change;
  }

  // "inserted/updated/unchanged/deleted first-last", the numbers that the feed gave.
  std::string apply(const TableChange& change) {
    std::set<std::string> finals;
    ChangeFeed feed(*connection_, "r1", finals);
    ChangeCounts counts;
    connection_->change(
        [&] {
          feed.start(now_, {});
          const auto found = difference(*connection_, change, {});
          counts = found.counts();
          feed.add(change, found, ChangeFeed::Reason::kAnswer);
          return Batch{{found.batch(change), feed.batch()}, format_utc(now_)};
        },
        {});
    auto text =
        format("{}/{}/{}/{}", counts.inserted, counts.updated, counts.unchanged, counts.deleted);
    for (const auto& told : feed.told()) text += format(" {}-{}", told.first_seq, told.last_seq);
    return text;
  }
  std::string feed() {
    return ask("SELECT count(*) || ' rows to ' || coalesce(max(seq), 0) FROM nbasync_changes");
  }

  static Value value_of(Type type) {
    if (type == Type::kText) return std::string("x");
    if (type == Type::kInteger) return std::int64_t{7};
    return type == Type::kCount ? 26.2 : 0.1;
  }

  SystemTime now_ = *parse_utc("2026-01-15T12:00:00Z");
};

TEST_F(EngineTest, RowsThatDifferAreWrittenAndToldInNumbersWithoutAHole) {
  EXPECT_EQ(apply(day({{"001", integer(1)}, {"002", kNull}})), "2/0/0/0 1-2");
  EXPECT_EQ(apply(day({{"001", integer(1)}, {"002", kNull}})), "0/0/2/0");
  EXPECT_EQ(apply(day({{"001", integer(7)}, {"002", kNull}})), "0/1/1/0 3-3");
  EXPECT_EQ(apply(day({{"001", kNull}})), "0/1/0/1 4-5");
  EXPECT_EQ(ask("SELECT game_id || coalesce(home_team_score, -1) || synced_at FROM todays_games"),
            "001-12026-01-15T12:00:00Z");
  EXPECT_EQ(feed(), "5 rows to 5");
}

TEST_F(EngineTest, WhatIsRehearsedLeavesNothingNorANumber) {
  connection_->rehearse([&] { EXPECT_EQ(apply(day({{"001", integer(1)}})), "1/0/0/0 1-1"); }, {});
  EXPECT_EQ(ask("SELECT count(*) FROM todays_games"), "0");
  EXPECT_EQ(apply(day({{"002", integer(1)}})), "1/0/0/0 1-1");
}

TEST_F(EngineTest, EachTableCanBeWrittenAndComparedWithNothing) {
  for (const Table* table : declared::tables()) {
    connection_->run("DELETE FROM " + std::string(table->name), {},
                     {});  // of the dictionary's rows
    const Scope all{"1 = 1", {}, "all"};
    TableChange change{table, {table->columns, {}}, all};
    for (const Column& column : table->columns) {
      change.rows.cells.push_back(value_of(column.type));
    }
    EXPECT_EQ(apply(change).substr(0, 7), "1/0/0/0") << table->name;
    EXPECT_EQ(apply(change).substr(0, 7), "0/0/1/0") << table->name;
  }
}

TEST_F(EngineTest, FactsOfEachDatasetAreRead) {
  EXPECT_EQ(read_game_facts(*connection_, "2025-26", {}).season, "2025-26");
  for (const Dataset* dataset : catalog()) {
    SeasonFacts facts{};
    facts.season = "2025-26";
    EXPECT_NO_THROW(read_facts(*connection_, *dataset, facts, {})) << dataset->name;
  }
  EXPECT_TRUE(read_filled(*connection_, {}).empty);
  const std::vector<std::string> datasets{"schedule"};
  EXPECT_FALSE(is_whole(*connection_, "2025-26", datasets, {}));
}

// Texts are ordered by their bytes.
TEST_F(EngineTest, OrderIsThatOfBytes) {
  tell("INSERT INTO nbasync_settings (key, value) VALUES ('a', ''), ('B', ''), ('ä', '')");
  EXPECT_EQ(ask("SELECT min(key) || max(key) FROM nbasync_settings"), "Bä");
}

TEST_F(EngineTest, NumbersGoOnAfterTheLargest) {
  for (const auto& table : declared::whole_tables()) {
    if (!table.is_numbered) continue;
    SCOPED_TRACE(table.name);
    const auto& key = table.columns.front().name;
    const auto insert = [&](const auto& column, const char* value) {
      tell(format("INSERT INTO {} ({}) VALUES ({})", table.name, column, value));
    };
    const auto largest = [&] { return ask(format("SELECT max({}) FROM {}", key, table.name)); };
    insert(key, "70");
    insert(key, "7");
    number_on(*connection_, table, {});
    insert(table.columns[1].name, "'a'");
    EXPECT_EQ(largest(), "71");
    tell(format("DELETE FROM {}", table.name));
    number_on(*connection_, table, {});
    insert(table.columns[1].name, "'a'");
    EXPECT_EQ(largest(), "1");
  }
}

TEST_F(EngineTest, TellsItsTables) {
  const auto tables = connection_->tables({});
  const std::set<std::string> names(tables.begin(), tables.end());
  for (const auto& table : declared::whole_tables()) {
    EXPECT_TRUE(names.contains(std::string(table.name))) << table.name;
    EXPECT_EQ(connection_->columns_of(table.name, {}).size(), table.columns.size()) << table.name;
  }
  EXPECT_FALSE(names.contains("sqlite_sequence"));
}

}  // namespace
}  // namespace nbasync
