#include "store/keyed_rows.hpp"

#include <array>
#include <set>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "db/file_database.hpp"
#include "db/table_sql.hpp"
#include "unit/store/store_fixture.hpp"

namespace nbasync {
namespace {

using KeyedRowsTest = testing::StoreFixture;

// Whatever the size of the table: 200 rows of it cost as much as 200 rows.
TEST_F(KeyedRowsTest, AreFoundByAnIndexInEachTable) {
  const testing::OpenStore store(path_);
  std::size_t tables = 0;
  for (const auto* dataset : catalog()) {
    for (const Table* table : dataset->tables) {
      for (const auto count : {kFewKeys, kManyKeys}) {
        SQLite::Database file(path_);
        SQLite::Statement plan(
            file,
            "EXPLAIN QUERY PLAN " + table_sql::select(*table, table->columns,
                                                      table_sql::key_in(table->columns, count)));
        ASSERT_TRUE(plan.executeStep());
        EXPECT_THAT(plan.getColumn("detail").getString(), ::testing::StartsWith("SEARCH"))
            << table->name << ' ' << count;
      }
      ++tables;
    }
  }
  EXPECT_GT(tables, 7U);
}

// As many as one SELECT takes, one more, one less: each once.
TEST_F(KeyedRowsTest, EachIsFoundOnceHoweverManyThereAre) {
  FileDatabase database(path_);
  const Store store(database);
  const auto connection = database.connect_writer();
  for (const auto count : {std::size_t{1}, kFewKeys - 1, kFewKeys, kFewKeys + 1, kManyKeys - 1,
                           kManyKeys, kManyKeys + 1, 2 * kManyKeys + 1}) {
    std::string write = "BEGIN; DELETE FROM todays_games;";
    std::vector<Value> keys;
    for (std::size_t i = 0; i < count; ++i) {
      keys.emplace_back(format("game {:04}", i));
      write += format("INSERT INTO todays_games (game_id) VALUES ('game {:04}');", i);
    }
    tell(write + "COMMIT");
    const auto sql = [](std::size_t number) {
      const std::array key = {Column{"game_id", Type::kText, true}};
      return "SELECT game_id FROM todays_games WHERE " + table_sql::key_in(key, number);
    };
    std::multiset<std::string> found;
    each_of_keys(*connection, sql, keys, 1, [&](Row row) { found.insert(to_text(row[0])); }, {});
    EXPECT_EQ(found.size(), count);
    EXPECT_EQ(std::set<std::string>(found.begin(), found.end()).size(), count);
  }
}

}  // namespace
}  // namespace nbasync
