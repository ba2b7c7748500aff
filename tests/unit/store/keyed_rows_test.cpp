#include "store/keyed_rows.hpp"

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
      SQLite::Database file(path_);
      SQLite::Statement plan(
          file,
          "EXPLAIN QUERY PLAN " + table_sql::select(*table, table->columns,
                                                    table_sql::key_in(table->columns, kManyKeys)));
      ASSERT_TRUE(plan.executeStep());
      EXPECT_THAT(plan.getColumn("detail").getString(), ::testing::StartsWith("SEARCH"))
          << table->name;
      ++tables;
    }
  }
  EXPECT_GT(tables, 7U);
}

}  // namespace
}  // namespace nbasync
