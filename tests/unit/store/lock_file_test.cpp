#include "store/lock_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "base/error.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync {
namespace {

class LockFileTest : public ::testing::Test {
 protected:
  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "nba_data.db.lock";
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
  std::ofstream(path_) << "not ours\n=\n\n";
  EXPECT_FALSE(LockFile(path_).holder());
}

TEST_F(LockFileTest, MissingFolderIsAnErrorThatNamesTheFile) {
  try {
    LockFile lock(directory_.path() / "none" / "x.lock");
    FAIL() << "it opened";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kStorage);
    EXPECT_NE(std::string(error.what()).find("none/x.lock"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace nbasync
