#include <filesystem>
#include <functional>
#include <optional>

#include "db/file_database.hpp"
#include "db/lock_file.hpp"
#include "db/sqlite_connection.hpp"
#include "unit/store/store_fixture.hpp"

// The file of the database is replaced, removed, linked or moved while it is open.

namespace nbasync {
namespace {

namespace fs = std::filesystem;
using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::OpenStore;

constexpr const char* kDay = "2026-01-15";

class DatabaseFileTest : public testing::StoreFixture {
 protected:
  DatabaseFileTest() {
    lock_.try_lock("daemon", now_);
    database_.emplace(path_, DatabaseOptions{}, &lock_);
    database_->observe([this](const std::string& what) { told_.push_back(what); });
    store_.emplace(*database_);
    apply(*store_, day(kDay, {{"first", integer(1)}}));
  }

  // A copy as `sqlite3 db ".backup copy"` makes it, moved to the place of the database.
  void backup() {
    SQLite::Database from(path_, SQLite::OPEN_READONLY);
    from.exec("VACUUM INTO '" + copy_ + "'");
  }
  void put_back() const { fs::rename(copy_, path_); }
  void replace() {
    backup();
    put_back();
  }

  TableChange other_day(std::int64_t score = 2) { return day(kDay, {{"second", integer(score)}}); }
  std::string games() { return ask("SELECT group_concat(game_id) FROM todays_games"); }
  std::string read(Connection& connection) {
    std::string text;
    connection.each("SELECT group_concat(game_id) FROM todays_games", {},
                    [&](const Row& row) { text = to_text(row[0]); }, {});
    return text;
  }
  // That this happens is an error that says it, and the next run works on what is there.
  void expect_void(const std::function<void()>& work, const std::string& why) {
    const auto error = error_of(work);
    EXPECT_EQ(error.code(), Errc::kStorageReplaced) << error.what();
    EXPECT_THAT(error.what(), HasSubstr(why));
  }
  void expect_next_run_works() {
    store_->begin("run", {});
    apply(*store_, other_day());
    EXPECT_EQ(games(), "second");
  }

  std::string copy_ = directory_.path() / "copy.db";
  std::vector<std::string> told_;
  LockFile lock_{path_};
  std::optional<FileDatabase> database_;
  std::optional<Store> store_;
};

TEST_F(DatabaseFileTest, ReplacedBetweenRunsTheNextOneWorksOnTheNewFile) {
  backup();
  apply(*store_, day(kDay, {{"lost", integer(1)}}));
  put_back();
  store_->begin("run", {});
  EXPECT_EQ(games(), "first");
  apply(*store_, other_day());
  EXPECT_EQ(games(), "second");
  ASSERT_EQ(told_.size(), 1U);
  EXPECT_THAT(told_[0], HasSubstr("database " + path_ + ": it was replaced"));
  EXPECT_EQ(ask("PRAGMA integrity_check"), "ok");
}

TEST_F(DatabaseFileTest, ReplacedDuringARunItFailsAndNothingOfItIsInTheNewFile) {
  store_->begin("run", {});
  replace();
  expect_void([&] { apply(*store_, other_day()); }, "it was replaced by another file");
  EXPECT_EQ(games(), "first");
  expect_next_run_works();
}

TEST_F(DatabaseFileTest, ReplacedInsideTheTransactionItIsRolledBack) {
  store_->begin("run", {});
  backup();
  const auto connection = database_->connect_writer();
  expect_void(
      [&] {
        connection->transaction(
            [&] {
              connection->run("DELETE FROM todays_games", {}, {});
              fs::create_hard_link(path_, directory_.path() / "old.db");  // to look into it later
              put_back();
            },
            {});
      },
      "it was replaced by another file");
  EXPECT_EQ(games(), "first");
  store_->begin("run", {});
  EXPECT_EQ(SQLite::Database(directory_.path() / "old.db")
                .execAndGet("SELECT count(*) FROM todays_games")
                .getInt(),
            1)
      << "nothing was committed into the file before";
}

// So a replacement between the check and the commit is no success either.
TEST_F(DatabaseFileTest, TheFileIsLookedAtBeforeAndAfterEachCommit) {
  std::vector<std::string> seen;
  SqliteConnection connection(path_,
                              {.use = FileUse::kWrite, .check = [&] { seen.push_back(games()); }});
  connection.transaction(
      [&] { connection.run("UPDATE todays_games SET game_id = 'second'", {}, {}); }, {});
  EXPECT_THAT(seen, ::testing::ElementsAre("first", "second"));
}

TEST_F(DatabaseFileTest, EachWriterIsToldOnceAndReadersJustGoOn) {
  const auto reader = database_->connect_reader();
  const auto log = database_->connect_writer();
  EXPECT_EQ(read(*reader), "first");
  backup();
  apply(*store_, other_day());
  put_back();
  EXPECT_EQ(read(*reader), "first");
  expect_void([&] { log->run("DELETE FROM nbasync_settings", {}, {}); }, "it was replaced");
  log->run("DELETE FROM nbasync_settings", {}, {});
  expect_void([&] { apply(*store_, other_day()); }, "it was replaced");
  apply(*store_, other_day());
  EXPECT_EQ(read(*reader), "second");
  EXPECT_EQ(told_.size(), 1U);
}

TEST_F(DatabaseFileTest, ANewFileIsBroughtUpToDate) {
  {
    SQLite::Database old(copy_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec("CREATE TABLE nba_teams (team_id INTEGER PRIMARY KEY, team_name TEXT)");
  }
  put_back();
  expect_next_run_works();
  EXPECT_EQ(ask("SELECT count(*) FROM pragma_table_info('nba_teams') WHERE name = 'conference'"),
            "1");
}

TEST_F(DatabaseFileTest, ARemovedFileIsNotMadeByWhoReads) {
  const auto reader = database_->connect_reader();
  for (const auto* end : {"", "-wal", "-shm"}) fs::remove(path_ + end);
  expect_void([&] { read(*reader); }, "it was removed");
  EXPECT_FALSE(fs::exists(path_));
  expect_void([&] { apply(*store_, other_day()); }, "it was removed");
  expect_next_run_works();
  EXPECT_EQ(read(*reader), "second");
}

// What is left of the file before must not be taken for the log of the new one.
TEST_F(DatabaseFileTest, ALogThatAReaderOfTheOldFileHoldsIsNotLeftToTheNewOne) {
  backup();
  SQLite::Database holder(path_, SQLite::OPEN_READONLY);
  SQLite::Statement holds(holder, "SELECT * FROM todays_games");
  ASSERT_TRUE(holds.executeStep());
  apply(*store_, day(kDay, {{"lost", integer(9)}}));
  ASSERT_GT(log_bytes(), 0U);
  put_back();
  store_->begin("run", {});
  EXPECT_EQ(games(), "first");
  EXPECT_EQ(ask("PRAGMA integrity_check"), "ok");
}

// And the log of who has opened the new one already is not emptied.
TEST_F(DatabaseFileTest, ALogThatAnotherProgramHasBegunForTheNewFileStays) {
  EXPECT_EQ(store_->checkpoint(), 0);
  backup();
  put_back();
  SQLite::Database other(path_, SQLite::OPEN_READWRITE);
  other.exec("PRAGMA journal_mode = WAL");
  other.exec("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (7)");
  store_->begin("run", {});
  apply(*store_, other_day());
  EXPECT_EQ(ask("SELECT x FROM theirs"), "7");
  EXPECT_EQ(ask("PRAGMA integrity_check"), "ok");
}

TEST_F(DatabaseFileTest, AFileThatCannotBeUsedIsLeftAsItIsUntilItIsMended) {
  const auto reader = database_->connect_reader();
  { std::ofstream(copy_) << std::string(5000, 'x'); }
  put_back();
  for (int times = 0; times < 2; ++times) {
    EXPECT_THAT(error_of([&] { store_->begin("run", {}); }).what(),
                HasSubstr("is not a SQLite database"));
    EXPECT_THAT(error_of([&] { read(*reader); }).what(), HasSubstr("is not a SQLite database"));
  }
  EXPECT_EQ(file_bytes(), std::string(5000, 'x'));
  fs::remove(path_);
  tell("CREATE TABLE t (x); PRAGMA user_version = 999");
  EXPECT_EQ(error_of([&] { store_->begin("run", {}); }).code(), Errc::kStorageNewer);
  fs::remove(path_);
  expect_next_run_works();
  EXPECT_EQ(read(*reader), "second");
}

TEST_F(DatabaseFileTest, ASecondNameIsRefusedUntilItIsGone) {
  const auto reader = database_->connect_reader();
  const auto second = directory_.path() / "second.db";
  fs::create_hard_link(path_, second);
  const auto error = error_of([&] { store_->begin("run", {}); });
  EXPECT_EQ(error.code(), Errc::kStorage);
  EXPECT_THAT(error.what(), HasSubstr("has 2 names (hard links)"));
  EXPECT_THAT(error_of([&] { OpenStore{path_}; }).what(), HasSubstr("has 2 names"));
  EXPECT_THAT(error_of([&] { OpenStore{second}; }).what(), HasSubstr("has 2 names"));
  EXPECT_EQ(read(*reader), "first") << "reading does no harm";
  fs::remove(second);
  expect_next_run_works();
}

TEST_F(DatabaseFileTest, ANameMoreInsideTheTransactionUndoesIt) {
  const auto connection = database_->connect_writer();
  const auto error = error_of([&] {
    connection->transaction(
        [&] {
          connection->run("DELETE FROM todays_games", {}, {});
          fs::create_hard_link(path_, directory_.path() / "second.db");
        },
        {});
  });
  EXPECT_THAT(error.what(), HasSubstr("has 2 names"));
  EXPECT_EQ(games(), "first");
}

TEST_F(DatabaseFileTest, ARemovedLockFileIsAnErrorAndMadeAnew) {
  store_->begin("run", {});
  fs::remove(lock_.path());
  expect_void([&] { apply(*store_, other_day()); }, "lock file " + path_ + ".lock: it was removed");
  EXPECT_TRUE(fs::exists(lock_.path()));
  expect_next_run_works();
}

TEST_F(DatabaseFileTest, ALockFileRemovedInsideTheTransactionUndoesIt) {
  const auto connection = database_->connect_writer();
  expect_void(
      [&] {
        connection->transaction(
            [&] {
              connection->run("DELETE FROM todays_games", {}, {});
              fs::remove(lock_.path());
            },
            {});
      },
      "lock file " + path_ + ".lock: it was removed");
  EXPECT_EQ(games(), "first");
}

TEST_F(DatabaseFileTest, ALinkThatLeadsElsewhereIsFollowedWithItsLock) {
  const auto link = directory_.path() / "link.db";
  const auto folder = directory_.path() / "new";
  fs::create_directory(folder);
  store_.reset();
  database_.reset();
  fs::create_symlink(path_, link);
  LockFile lock(link);
  ASSERT_FALSE(lock.try_lock("once", now_));
  lock_.lock_database(path_);
  database_.emplace(link, DatabaseOptions{}, &lock_);
  store_.emplace(*database_);
  EXPECT_EQ(games(), "first");
  fs::remove(link);
  fs::create_symlink(folder / "nba_data.db", link);
  store_->begin("run", {});
  apply(*store_, other_day());
  EXPECT_EQ(games(), "first") << "the file before is untouched";
  path_ = folder / "nba_data.db";
  EXPECT_EQ(games(), "second");
  EXPECT_EQ(lock_.path(), path_ + ".lock");
}

TEST_F(DatabaseFileTest, AFolderThatIsMovedAwayIsNamedAndFoundAgain) {
  const auto folder = directory_.path() / "folder";
  fs::create_directory(folder);
  path_ = folder / "nba_data.db";
  LockFile lock(path_);
  ASSERT_TRUE(lock.try_lock("daemon", now_));
  const FileDatabase database(path_, {}, &lock);
  const auto connection = database.connect_writer();
  connection->run("CREATE TABLE t (x)", {}, {});
  fs::rename(folder, directory_.path() / "moved");
  for (int times = 0; times < 2; ++times) {
    EXPECT_THAT(error_of([&] { connection->run("INSERT INTO t VALUES (1)", {}, {}); }).what(),
                HasSubstr("its folder " + folder.string() + " does not exist"));
  }
  EXPECT_FALSE(fs::exists(folder));
  fs::rename(directory_.path() / "moved", folder);
  connection->take_file({});
  connection->run("INSERT INTO t VALUES (1)", {}, {});
  EXPECT_EQ(ask("SELECT count(*) FROM t"), "1");
}

// Another process that has the file by a name of which the lock file knows nothing.
TEST_F(DatabaseFileTest, AFileThatAnotherProcessHasLockedIsNotOpened) {
  LockFile other(directory_.path() / "other.db");
  ASSERT_TRUE(other.try_lock("once", now_));
  const auto error = error_of([&] { other.lock_database(path_); });
  EXPECT_EQ(error.code(), Errc::kSyncInProgress);
}

}  // namespace
}  // namespace nbasync
