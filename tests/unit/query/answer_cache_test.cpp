#include "query/answer_cache.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <optional>

#include "db/file_database.hpp"
#include "query/queries.hpp"
#include "store/store.hpp"
#include "support/manual_executor.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync {
namespace {

using ::testing::HasSubstr;

// Over a file: a PostgreSQL does not tell what it has.
class AnswerCacheTest : public ::testing::Test {
 protected:
  AnswerCacheTest() { store_.begin("run", {}); }

  // Another program's.
  void tell(const std::string& sql) const {
    SQLite::Database(path_, SQLite::OPEN_READWRITE).exec(sql);
  }
  void add_team(const std::string& id) const {
    tell("INSERT INTO nba_teams (team_id) VALUES (" + id + ")");
  }
  void ask(const Query& query) {
    cache_.ask(query, [this](const QueryReply& reply) { got_ = std::get<QueryAnswer>(reply); });
  }
  bool is_kept(const Query& query) { return cache_.find(query) != nullptr; }
  QueryAnswer answer(const Query& query) {
    if (const auto* kept = cache_.find(query)) return *kept;
    ask(query);
    executor_.drain();
    return got_;
  }

  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "nba_data.db";
  testing::ManualExecutor executor_;
  FileDatabase database_{path_};
  Store store_{database_};  // as the daemon, it has the file open all the time
  ReadPool pool_{executor_, database_, 2};
  AnswerCache cache_{pool_};
  QueryAnswer got_;
};

TEST_F(AnswerCacheTest, WhatWasAskedIsKeptUntilSomethingIsCommitted) {
  add_team("1");
  EXPECT_FALSE(is_kept(queries::teams()));
  const auto first = answer(queries::teams());
  ASSERT_TRUE(is_kept(queries::teams()));
  EXPECT_EQ(cache_.find(queries::teams())->json, first.json);
  EXPECT_EQ(cache_.find(queries::teams())->etag, first.etag);
  add_team("2");
  EXPECT_FALSE(is_kept(queries::teams()));
  EXPECT_THAT(answer(queries::teams()).json, HasSubstr("\"count\":2}"));
}

TEST_F(AnswerCacheTest, OfOwnCommitsToo) {
  answer(queries::teams());
  const auto writer = database_.connect_writer();
  writer->run("INSERT INTO nba_teams (team_id) VALUES (7)", {}, {});
  EXPECT_FALSE(is_kept(queries::teams()));
  EXPECT_THAT(answer(queries::teams()).json, HasSubstr("\"team_id\":7"));
  writer->checkpoint();  // the content is the same: it may go, and must not be another
  EXPECT_THAT(answer(queries::teams()).json, HasSubstr("\"team_id\":7"));
}

TEST_F(AnswerCacheTest, WhatIsNotCommittedIsNoChange) {
  answer(queries::teams());
  SQLite::Database other(path_, SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE; INSERT INTO nba_teams (team_id) VALUES (1)");
  EXPECT_TRUE(is_kept(queries::teams()));
  other.exec("ROLLBACK");
  EXPECT_TRUE(is_kept(queries::teams()));
}

TEST_F(AnswerCacheTest, ACommitWhileItIsAskedIsNotMissed) {
  for (const bool before_reading : {true, false}) {
    ask(queries::teams());
    if (!before_reading) executor_.work_one();
    add_team(before_reading ? "1" : "2");
    executor_.drain();
    EXPECT_FALSE(is_kept(queries::teams()));
    EXPECT_THAT(answer(queries::teams()).json, HasSubstr(before_reading ? ":1}" : ":2}"));
  }
}

TEST_F(AnswerCacheTest, AnotherQuestionHasAnotherAnswer) {
  tell("INSERT INTO games (id, season, game_date) VALUES ('0022500001', '2025-26', '2026-01-15')");
  EXPECT_EQ(answer(queries::games("2026-01-15")).rows, 1U);
  EXPECT_EQ(answer(queries::games("2026-01-16")).rows, 0U);
  EXPECT_TRUE(is_kept(queries::games("2026-01-15")));
  EXPECT_FALSE(is_kept(queries::games("2026-01-17")));
}

TEST_F(AnswerCacheTest, OfAFileThatTookThePlaceNothingIsKept) {
  add_team("1");
  const auto copy = directory_.path() / "copy.db";
  tell("VACUUM INTO '" + copy.string() + "'");
  add_team("2");
  EXPECT_EQ(answer(queries::teams()).rows, 2U);
  std::filesystem::rename(copy, path_);
  EXPECT_FALSE(is_kept(queries::teams()));
  EXPECT_EQ(answer(queries::teams()).rows, 1U);
  answer(queries::teams());
  EXPECT_TRUE(is_kept(queries::teams()));
}

TEST_F(AnswerCacheTest, WhatIsLargeIsNotKept) {
  tell("INSERT INTO nba_teams (team_id, full_name) VALUES (1, printf('%*c', 300000, 'x'))");
  answer(queries::teams());
  EXPECT_FALSE(is_kept(queries::teams()));
}

TEST_F(AnswerCacheTest, AllTogetherIsBounded) {
  tell("INSERT INTO nba_teams (team_id, full_name) VALUES (1, printf('%*c', 200000, 'x'))");
  auto query = queries::teams();
  const auto first = query;
  for (int i = 0; i < 12; ++i) {
    answer(query);
    EXPECT_TRUE(is_kept(query));
    query.sql += " ";
  }
  EXPECT_FALSE(is_kept(first));
}

}  // namespace
}  // namespace nbasync
