#include "store/postgres_schema.hpp"

#include "postgres_fixture.hpp"
#include "store/sync_log_table.hpp"

namespace nbasync {
namespace {

using ::testing::AllOf;
using testing::error_of;
using ::testing::HasSubstr;

class PostgresSchemaTest : public testing::PostgresFixture {};

TEST_F(PostgresSchemaTest, WhatSomebodyDroppedIsMadeAgainAndWhatIsStoredStays) {
  auto connection = connect();
  bring_postgres_up_to_date(connection);
  run(connection, "INSERT INTO games (id, season) VALUES ('0022500001', '2025-26')");
  run(connection, "DROP TABLE nbasync_decisions");
  run(connection, "ALTER TABLE games DROP COLUMN arena CASCADE");
  run(connection, "DROP INDEX nbasync_games_date");
  bring_postgres_up_to_date(connection);
  EXPECT_EQ(connection.columns_of("nbasync_decisions", {}).front().name, "id");
  EXPECT_EQ(ask(connection, "SELECT season, arena FROM games"), (Table{{"2025-26", ""}}));
  EXPECT_EQ(ask(connection, "SELECT to_regclass('nbasync_games_date') IS NOT NULL"),
            (Table{{"1"}}));
}

TEST_F(PostgresSchemaTest, WhatIsAsItWasLeftIsNotTouched) {
  auto connection = connect();
  bring_postgres_up_to_date(connection);
  auto other = connect({.statement_timeout = std::chrono::seconds(5)});
  connection.transaction(
      [&] {
        run(connection, "LOCK TABLE games IN ACCESS SHARE MODE");
        EXPECT_NO_THROW(bring_postgres_up_to_date(other));
      },
      {});
}

// As a copy of a predecessor's file has them.
TEST_F(PostgresSchemaTest, RunsThatShareAnIdAreNoMistake) {
  auto connection = connect();
  bring_postgres_up_to_date(connection);
  run_ids::let_be_shared(connection);
  run(connection, "INSERT INTO data_sync_log (run_id) VALUES ('retry'), ('retry')");
  EXPECT_NO_THROW(bring_postgres_up_to_date(connection));
  run(connection, "DELETE FROM data_sync_log WHERE id = 1");
  run_ids::make_unique(connection);
  EXPECT_THAT(error_of([&] {
                run(connection, "INSERT INTO data_sync_log (run_id) VALUES ('retry')");
              }).what(),
              HasSubstr("nbasync_log_run"));
}

TEST_F(PostgresSchemaTest, ADatabaseOfANewerProgramIsRefused) {
  auto connection = connect();
  bring_postgres_up_to_date(connection);
  run(connection, "UPDATE nbasync_meta SET value = '99' WHERE key = 'version'");
  EXPECT_EQ(error_of([&] { bring_postgres_up_to_date(connection); }).code(), Errc::kStorageNewer);
}

TEST_F(PostgresSchemaTest, WhatIsInTheWayIsNamedAndNothingIsChanged) {
  auto connection = connect();
  run(connection, "CREATE VIEW games AS SELECT 1 AS id");
  EXPECT_THAT(error_of([&] { bring_postgres_up_to_date(connection); }).what(),
              AllOf(HasSubstr("games is no table"), HasSubstr("nothing was changed")));
  run(connection, "DROP VIEW games");
  run(connection, "CREATE TABLE games (id text, name text PRIMARY KEY)");
  EXPECT_THAT(error_of([&] { bring_postgres_up_to_date(connection); }).what(),
              AllOf(HasSubstr("table games has another primary key than (id)"),
                    HasSubstr("nothing was changed")));
  EXPECT_TRUE(connection.columns_of("nba_teams", {}).empty());
  EXPECT_EQ(connection.columns_of("games", {}).size(), 2u);
}

}  // namespace
}  // namespace nbasync
