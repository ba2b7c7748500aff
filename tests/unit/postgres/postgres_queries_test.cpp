#include "postgres_fixture.hpp"
#include "query/answer.hpp"
#include "query/queries.hpp"
#include "store/postgres_schema.hpp"

namespace nbasync {
namespace {

class PostgresQueriesTest : public testing::PostgresFixture {};

TEST_F(PostgresQueriesTest, EachQuestionIsUnderstood) {
  auto connection = connect();
  bring_postgres_up_to_date(connection);
  const std::string season = "2025-26";
  const std::optional<std::string> none;
  const Query all[] = {
      queries::games("2026-01-15"),
      queries::teams(),
      queries::team_stats(season, "all", "all"),
      queries::team_stats(none, "regular", "regular"),
      queries::game_logs(none, season, "all", 10),
      queries::game_logs("BOS", season, "regular", 10),
      queries::game_logs("1610612738", none, "all", 10),
      queries::standings(season),
      queries::standings(none),
      queries::players(none, none, 10),
      queries::players("BOS", "tatum", 10),
      queries::players("1610612738", none, 10),
      queries::player_game_logs("tatum", "BOS", season, "regular", 10),
      queries::player_game_logs("1628369", "1610612738", none, "all", 10),
      queries::player_stats(season, "all", none, none, 10),
      queries::player_stats(none, "regular", "tatum", "BOS", 10),
      queries::player_stats(season, "regular", "1628369", "1610612738", 10),
      queries::schedule("2026-01-15", "2026-01-16", 10),
      queries::anything(),
  };
  for (const auto& query : all) {
    EXPECT_NO_THROW(answer(connection, query, {})) << query.sql;
  }
}

// As SQLite has it.
TEST_F(PostgresQueriesTest, WhatIsNotKnownIsTheSmallest) {
  auto connection = connect();
  bring_postgres_up_to_date(connection);
  run(connection,
      "INSERT INTO games (id, game_date, game_time_utc) VALUES ('001', '2026-01-15', "
      "'2026-01-15T20:00:00Z'), ('002', '2026-01-15', NULL)");
  run(connection,
      "INSERT INTO player_season_stats (player_id, season, split_type, points) VALUES (1, "
      "'2025-26', 'overall', NULL), (2, '2025-26', 'overall', 7)");
  const auto order_of = [&](const Query& query) {
    std::string ids;
    connection.each(query.sql, query.values, [&](Row row) { ids += to_text(row[0]) + ' '; }, {});
    return ids;
  };
  EXPECT_EQ(order_of(queries::schedule("2026-01-15", "2026-01-15", 10)), "002 001 ");
  EXPECT_EQ(order_of(queries::games("2026-01-15")), "002 001 ");
  auto stats = queries::player_stats("2025-26", "overall", std::nullopt, std::nullopt, 10);
  stats.sql.replace(stats.sql.find('*'), 1, "player_id");
  EXPECT_EQ(order_of(stats), "2 1 ");
}

}  // namespace
}  // namespace nbasync
