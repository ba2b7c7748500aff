#include "db/lock_file.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "base/error.hpp"
#include "support/rows.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync {
namespace {

namespace fs = std::filesystem;
using testing::error_of;
using ::testing::HasSubstr;

class LockFileTest : public ::testing::Test {
 protected:
  testing::TemporaryDirectory directory_;
  void file(const std::string& path, const std::string& text = "") const {
    std::ofstream(path) << text;
  }

  std::string path_ = directory_.path() / "nba_data.db";  // of the database
  std::string lock_ = path_ + ".lock";
  SystemTime now_ = *parse_utc("2025-12-01T17:30:00Z");
};

TEST_F(LockFileTest, SecondLockOfOneFileIsRefusedAndToldTheHolder) {
  LockFile first(path_);
  LockFile second(path_);
  ASSERT_TRUE(first.try_lock("daemon", now_));
  EXPECT_FALSE(second.try_lock("once", now_));
  const auto holder = second.holder();
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->program, "daemon");
  EXPECT_EQ(holder->pid, ::getpid());
  EXPECT_EQ(holder->started_at, now_);
  EXPECT_TRUE(holder->run_id.empty());
}

TEST_F(LockFileTest, LockIsFreeWhenItsHolderIsGone) {
  { LockFile(path_).try_lock("daemon", now_); }
  LockFile next(path_);
  EXPECT_TRUE(next.try_lock("once", now_));
}

TEST_F(LockFileTest, RunUnderWayIsNotedAndForgotten) {
  LockFile lock(path_);
  lock.try_lock("daemon", now_);
  lock.note_run("0e1d", "full", now_ + std::chrono::minutes(1));
  auto holder = LockFile(path_).holder();
  EXPECT_EQ(holder->run_id, "0e1d");
  EXPECT_EQ(holder->sync_type, "full");
  EXPECT_EQ(holder->run_started_at, now_ + std::chrono::minutes(1));
  lock.note_run({}, {}, {});
  holder = LockFile(path_).holder();
  EXPECT_TRUE(holder->run_id.empty()) << "the longer content before must not show through";
  EXPECT_EQ(holder->pid, ::getpid());
}

TEST_F(LockFileTest, ForeignContentIsNoHolder) {
  file(lock_, "not ours\n=\n\n");
  EXPECT_FALSE(LockFile(path_).holder());
}

TEST_F(LockFileTest, WhatIsNotKnownOfAHolderIsLeftOut) {
  LockHolder holder;
  holder.program = "daemon";
  holder.pid = 7;
  holder.run_id = "a";
  const auto lines = to_lines(holder);
  EXPECT_EQ(lines.find("_at="), std::string::npos) << lines;
  const auto read = lock_holder_in(lines);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->pid, 7);
  EXPECT_FALSE(read->started_at);
}

TEST_F(LockFileTest, MissingFolderIsAnErrorThatNamesIt) {
  const auto folder = directory_.path() / "none";
  const auto error = error_of([&] { LockFile lock(folder / "nba_data.db"); });
  EXPECT_EQ(error.code(), Errc::kStorage);
  EXPECT_THAT(error.what(), HasSubstr("lock file " + folder.string() + "/nba_data.db.lock"));
  EXPECT_THAT(error.what(), HasSubstr("its folder " + folder.string() + " does not exist"));
}

// The link's own folder has no lock: all names lead to one.
TEST_F(LockFileTest, ALinkLeadsToTheOneLockAlsoOfAFileThatIsNotThereYet) {
  const auto elsewhere = directory_.path() / "elsewhere";
  fs::create_directory(elsewhere);
  fs::create_symlink("../nba_data.db", elsewhere / "link.db");
  fs::create_directory_symlink(directory_.path(), elsewhere / "folder");
  LockFile first(path_);
  ASSERT_TRUE(first.try_lock("daemon", now_));
  for (const auto& name : {elsewhere / "link.db", elsewhere / "folder" / "nba_data.db"}) {
    LockFile second(name);
    EXPECT_EQ(second.path(), first.path());
    EXPECT_FALSE(second.try_lock("once", now_)) << name;
  }
}

// What a removed lock file does not tell any more, and another folder's never did.
TEST_F(LockFileTest, TheDatabaseItselfIsLockedToo) {
  LockFile first(path_);
  ASSERT_TRUE(first.try_lock("daemon", now_));
  first.lock_database(path_);
  fs::remove(lock_);
  EXPECT_FALSE(first.is_in_place());
  LockFile second(path_);
  ASSERT_TRUE(second.try_lock("once", now_)) << "nothing is beside it";
  const auto error = error_of([&] { second.lock_database(path_); });
  EXPECT_EQ(error.code(), Errc::kSyncInProgress);
  EXPECT_THAT(error.what(), HasSubstr("another nbasyncd has this file"));
}

TEST_F(LockFileTest, ARemovedOrReplacedLockFileIsMadeAndLockedAnew) {
  LockFile lock(path_);
  ASSERT_TRUE(lock.try_lock("daemon", now_));
  lock.lock_database(path_);
  EXPECT_TRUE(lock.is_in_place());
  fs::remove(lock_);
  EXPECT_FALSE(lock.is_in_place());
  lock.lock_database(path_);
  EXPECT_TRUE(lock.is_in_place());
  EXPECT_FALSE(LockFile(path_).try_lock("once", now_));
  EXPECT_EQ(LockFile(path_).holder()->program, "daemon") << "its content is there again";
  file(directory_.path() / "other");
  fs::rename(directory_.path() / "other", lock_);
  EXPECT_FALSE(lock.is_in_place());
}

TEST_F(LockFileTest, ALockFileThatAnotherHasTakenIsNotShared) {
  LockFile first(path_);
  ASSERT_TRUE(first.try_lock("daemon", now_));
  fs::remove(lock_);
  LockFile second(path_);
  ASSERT_TRUE(second.try_lock("once", now_));
  const auto error = error_of([&] { first.lock_database(path_); });
  EXPECT_EQ(error.code(), Errc::kSyncInProgress);
  EXPECT_THAT(error.what(), HasSubstr("is held by a once with pid"));
}

// Who waits has opened the file long ago.
TEST_F(LockFileTest, WhatWasRemovedWhileSomebodyWaitedIsNotLocked) {
  LockFile first(path_);
  ASSERT_TRUE(first.try_lock("once", now_));
  LockFile waits(path_);
  EXPECT_FALSE(waits.try_lock("daemon", now_));
  fs::remove(lock_);
  ASSERT_TRUE(waits.try_lock("daemon", now_));
  EXPECT_TRUE(waits.is_in_place());
}

}  // namespace
}  // namespace nbasync
