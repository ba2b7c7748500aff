#include <sqlite3.h>
#include <sys/resource.h>

#include <csignal>
#include <thread>

#include "db/file_database.hpp"
#include "unit/store/store_fixture.hpp"

namespace nbasync::database_test {
namespace {

using ::testing::AnyOf;
using testing::Counts;
using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::OpenStore;

constexpr const char* kDay = "2026-01-15";

class DatabaseTest : public testing::StoreFixture {
 protected:
  void write_file(const std::string& bytes) {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
  }
  // Opening, or the first write, must fail like this and leave the file as it is.
  std::string refusal(Errc code) {
    const std::string before = file_bytes();
    const Error error = error_of([&] { OpenStore(path_).begin("run", {}); });
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_TRUE(file_bytes() == before) << "the file was written to";
    return error.what();
  }
  void fill() {
    OpenStore store(path_);
    std::vector<std::string> ids;
    for (int i = 0; i < 2000; ++i) ids.push_back("game" + std::to_string(i));
    std::vector<Game> games;
    for (const auto& id : ids) games.push_back({id.c_str(), integer(1)});
    apply(store, day(kDay, games));
  }
};

TEST_F(DatabaseTest, ANewerSchemaIsRefusedUntouched) {
  { OpenStore store(path_); }
  tell("PRAGMA user_version = 999");
  EXPECT_THAT(refusal(Errc::kStorageNewer), HasSubstr("has schema version 999"));
}

// Nobody has read the whole file yet: it may be damaged, and that is what the failure is of.
TEST_F(DatabaseTest, AStartThatFailsPutsNothingOfTheLogIntoTheFile) {
  { OpenStore store(path_); }
  {
    SQLite::Database writer(path_, SQLite::OPEN_READWRITE);
    writer.exec("INSERT INTO todays_games (game_id) VALUES ('0022500001')");
    sqlite3_db_config(writer.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }
  ASSERT_GT(log_bytes(), 0U);
  const auto before = file_bytes();
  FileDatabase database(path_);
  const auto look = [](Connection& connection) {
    connection.each("SELECT count(*) FROM todays_games", {}, [](const Row&) {}, {});
    throw Error(Errc::kStorage, "what was to be read is damaged");
  };
  const auto prepare = [&](Connection& connection, const std::stop_token&) { look(connection); };
  const auto nothing = [](Connection&, const std::stop_token&) {};
  EXPECT_EQ(error_of([&] { database.prepare(nothing, look); }).code(), Errc::kStorage);
  EXPECT_TRUE(file_bytes() == before) << "it was looked at";
  EXPECT_EQ(error_of([&] { database.prepare(prepare, [](Connection&) {}); }).code(),
            Errc::kStorage);
  EXPECT_TRUE(file_bytes() == before) << "it was prepared";
}

TEST_F(DatabaseTest, ANewerSchemaIsNotSwitchedToAWriteAheadLog) {
  tell("CREATE TABLE t (x); PRAGMA user_version = 999");
  refusal(Errc::kStorageNewer);
  EXPECT_EQ(ask("PRAGMA journal_mode"), "delete");
}

// Without a write-ahead log: a predecessor's, or ours before it had one.
TEST_F(DatabaseTest, WhatAKilledWriterLeftHalfDoneIsUndone) {
  const auto writing = (directory_.path() / "writing.db").string();
  SQLite::Database db(writing, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec(
      "PRAGMA cache_size = 1; CREATE TABLE players (name); WITH RECURSIVE n(i) AS (SELECT 1 "
      "UNION ALL SELECT i + 1 FROM n LIMIT 5000) INSERT INTO players SELECT 'before' FROM n");
  db.exec("BEGIN; UPDATE players SET name = 'half done'");
  std::filesystem::copy_file(writing, path_);
  std::filesystem::copy_file(writing + "-journal", path_ + "-journal");
  { OpenStore store(path_); }
  EXPECT_EQ(ask("SELECT group_concat(DISTINCT name) FROM players"), "before");
  EXPECT_EQ(ask("PRAGMA integrity_check"), "ok");
}

TEST_F(DatabaseTest, AFileThatIsNoDatabaseIsRefusedUntouched) {
  write_file(std::string(5000, 'x'));
  EXPECT_THAT(refusal(Errc::kStorage), HasSubstr("is not a SQLite database"));
  write_file("hello");
  EXPECT_THAT(refusal(Errc::kStorage), HasSubstr("is not a SQLite database"));
}

TEST_F(DatabaseTest, ADamagedFileIsRefusedUntouched) {
  fill();
  const std::string whole = file_bytes();
  ASSERT_GT(whole.size(), 20U * 4096);
  std::string half = whole.substr(0, whole.size() / 2);
  write_file(half);
  EXPECT_THAT(refusal(Errc::kStorage), HasSubstr("restore a backup"));
  for (const std::size_t page : {0U, 4U, 12U}) {
    std::string damaged = whole;
    damaged.replace(page * 4096, 4096, std::string(4096, '\x5a'));
    write_file(damaged);
    EXPECT_THAT(refusal(Errc::kStorage), HasSubstr("restore a backup")) << "page " << page + 1;
  }
  write_file(whole);
  EXPECT_NO_THROW(OpenStore{path_});
}

TEST_F(DatabaseTest, AnEmptyFileBecomesADatabase) {
  write_file("");
  { OpenStore store(path_); }
  EXPECT_EQ(ask("PRAGMA user_version"), "2");
}

TEST_F(DatabaseTest, AMissingDirectoryIsNamed) {
  path_ = directory_.path() / "no" / "such" / "nba_data.db";
  const Error error = error_of([&] { OpenStore{path_}; });
  EXPECT_EQ(error.code(), Errc::kStorage);
  EXPECT_THAT(error.what(), HasSubstr("its folder " + (directory_.path() / "no" / "such").string() +
                                      " does not exist"));
}

TEST_F(DatabaseTest, AnotherWriterIsWaitedForAndThenNamed) {
  OpenStore store(path_, {.busy_timeout = std::chrono::milliseconds(20)});
  SQLite::Database other(path_, SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  const Error error = error_of([&] { apply(store, day(kDay, {{"a", integer(1)}})); });
  EXPECT_EQ(error.code(), Errc::kStorageBusy);
  EXPECT_THAT(error.what(), HasSubstr("another program has held it"));
  other.exec("ROLLBACK");
  EXPECT_THAT(apply(store, day(kDay, {{"a", integer(1)}})), Counts(1, 0, 0, 0));
}

TEST_F(DatabaseTest, TheWaitEndsWhenTheOtherWriterDoes) {
  OpenStore store(path_);
  SQLite::Database other(path_, SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  ChangeCounts counts;
  std::jthread waiting([&] { counts = apply(store, day(kDay, {{"a", integer(1)}})); });
  other.exec("COMMIT");
  waiting.join();
  EXPECT_THAT(counts, Counts(1, 0, 0, 0));
}

TEST_F(DatabaseTest, AStopRequestEndsTheWait) {
  OpenStore store(path_, {.busy_timeout = std::chrono::hours(1)});
  SQLite::Database other(path_, SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  std::stop_source stop;
  std::jthread stopper([&] { stop.request_stop(); });
  const Error error = error_of([&] {
    apply(store, day(kDay, {{"a", integer(1)}}), stop.get_token());
  });
  EXPECT_EQ(error.code(), Errc::kCancelled);
}

TEST_F(DatabaseTest, AReaderIsNotWaitedFor) {
  OpenStore store(path_, {.busy_timeout = std::chrono::milliseconds(0)});
  apply(store, day(kDay, {{"a", integer(1)}}));
  SQLite::Database reader(path_, SQLite::OPEN_READONLY);
  SQLite::Statement reading(reader, "SELECT * FROM todays_games");
  ASSERT_TRUE(reading.executeStep());
  EXPECT_THAT(apply(store, day(kDay, {{"a", integer(2)}})), Counts(0, 1, 0, 0));
}

// A full disk, as a limit of the process: the log cannot grow.
TEST_F(DatabaseTest, AFullDiskIsNamedAndUndone) {
  OpenStore store(path_);
  apply(store, day(kDay, {{"a", integer(1)}}));
  store.checkpoint();
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tight{4096, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  const Error error = error_of([&] { apply(store, day(kDay, {{"a", integer(2)}})); });
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(error.code(), Errc::kStorageFull) << error.what();
  EXPECT_THAT(error.what(), HasSubstr("the disk is full"));
  EXPECT_EQ(ask("SELECT home_team_score FROM todays_games"), "1");
  EXPECT_THAT(apply(store, day(kDay, {{"a", integer(2)}})), Counts(0, 1, 0, 0));
}

TEST_F(DatabaseTest, SynchronousIsASetting) {
  const auto synchronous = [](const Database& database) {
    std::int64_t setting = 0;
    database.connect_writer()->each("PRAGMA synchronous", {},
                                    [&](const Row& row) { setting = to_integer(row[0]); }, {});
    return setting;
  };
  EXPECT_EQ(synchronous(FileDatabase(path_)), 2);
  EXPECT_EQ(synchronous(FileDatabase(path_, {.synchronous_full = false})), 1);
}

}  // namespace
}  // namespace nbasync::database_test
