#include "db/sqlite_columns.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "db/sqlite_connection.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class SqliteColumnsTest : public ::testing::Test {
 protected:
  SqliteColumnsTest() { other_.exec("PRAGMA journal_mode = WAL"); }

  std::vector<std::string> columns(const std::string& table) {
    std::vector<std::string> names;
    for (const auto& column : connection_.columns_of(table, {})) names.push_back(column.name);
    return names;
  }

  testing::TemporaryDirectory directory_;
  const std::string path_ = directory_.path() / "nba_data.db";
  SQLite::Database other_{path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  SqliteConnection connection_{path_, [] {
                                 SqliteConnection::Options options;
                                 options.use = FileUse::kWrite;
                                 return options;
                               }()};
};

TEST_F(SqliteColumnsTest, AreThoseOfNowWhoeverChangesThem) {
  EXPECT_THAT(columns("games"), IsEmpty());
  other_.exec("CREATE TABLE games (id)");
  EXPECT_THAT(columns("games"), ElementsAre("id"));
  EXPECT_THAT(columns("games"), ElementsAre("id"));
  other_.exec("ALTER TABLE games ADD COLUMN season");
  EXPECT_THAT(columns("games"), ElementsAre("id", "season"));
  connection_.run("DROP TABLE games", {}, {});
  EXPECT_THAT(columns("games"), IsEmpty());
}

// The next schema has the version that the one undone had.
TEST_F(SqliteColumnsTest, WhatIsUndoneIsForgotten) {
  EXPECT_THROW(connection_.transaction(
                   [&] {
                     connection_.run("CREATE TABLE games (id, undone)", {}, {});
                     EXPECT_THAT(columns("games"), ElementsAre("id", "undone"));
                     throw Error(Errc::kCancelled, "cancelled");
                   },
                   {}),
               Error);
  other_.exec("CREATE TABLE games (id, season)");
  EXPECT_THAT(columns("games"), ElementsAre("id", "season"));
}

}  // namespace
}  // namespace nbasync
