#include <csignal>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "copy_fixture.hpp"
#include "support/test_engine.hpp"

namespace nbasync::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

// A copy that stands still half-way: before the lines of players, after the teams.
class HeldCopyTest : public CopyTest {
 protected:
  // While `work` runs. `mode` is what keeps it from the table.
  void while_held(const Words& words, const std::string& mode,
                  const std::function<void(Process&)>& work) {
    const auto other = look_at(place_.name());
    std::unique_ptr<Process> process;
    other->transaction(
        [&] {
          other->run("LOCK TABLE player_game_logs IN " + mode + " MODE", {}, {});
          process = spawn_copy(words);
          const std::string waits =
              "SELECT count(*) FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation WHERE "
              "NOT l.granted AND c.relname = 'player_game_logs' AND c.relnamespace = "
              "current_schema()::regnamespace";
          while (first_column(*other, waits) == "0") {
          }
          work(*process);
        },
        {});
    status_ = process->wait(kCopying);
    err_ = process->err();
  }

  std::optional<int> status_;
};

TEST_F(HeldCopyTest, KilledItLeavesNothing) {
  make_tables();
  const Words to{"--copy-to", place_.name()};
  while_held(to, "EXCLUSIVE", [&](Process& copier) {
    EXPECT_NE(query("SELECT count(*) FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation "
                    "WHERE l.granted AND l.mode = 'RowExclusiveLock' AND c.relname = 'nba_teams' "
                    "AND c.relnamespace = current_schema()::regnamespace"),
              "0")
        << "it has written the teams";
    copier.signal(SIGKILL);
    copier.wait();
  });
  EXPECT_EQ(status_, -SIGKILL);
  EXPECT_EQ(counts(), kNothing);
  while (copy_to() == exit_of(Errc::kSyncInProgress)) {  // until its lease is over
  }
  EXPECT_NE(counts(), kNothing) << err_;

  while_held({"--copy-from", place_.name(), "--database", back_.string()}, "ACCESS EXCLUSIVE",
             [&](Process& copier) {
               copier.signal(SIGKILL);
               copier.wait();
             });
  EXPECT_EQ(SQLite::Database(back_.string(), SQLite::OPEN_READWRITE)
                .execAndGet("SELECT count(*) FROM nba_teams")
                .getInt(),
            0);
  while (copy_from(back_) == exit_of(Errc::kSyncInProgress)) {
  }
  EXPECT_EQ(cells_of(back_), cells_of(file_));
}

TEST_F(HeldCopyTest, ToldToStopItGivesTheLocksBack) {
  make_tables();
  const Words to{"--copy-to", place_.name()};
  while_held(to, "EXCLUSIVE", [&](Process& copier) {
    copier.signal(SIGTERM);
    copier.wait();
  });
  EXPECT_EQ(status_, exit_of(Errc::kInterrupted));
  EXPECT_THAT(err_, HasSubstr("stopped while copying; nothing was copied"));
  EXPECT_EQ(counts(), kNothing);
  EXPECT_EQ(copy_to(), 0) << err_;
}

TEST_F(HeldCopyTest, WhatIsReadIsOfOneMoment) {
  ASSERT_EQ(copy_to(), 0) << err_;
  while_held({"--copy-from", place_.name(), "--database", back_.string()}, "ACCESS EXCLUSIVE",
             [&](Process&) { execute("UPDATE player_season_stats SET age = 99"); });
  EXPECT_EQ(status_, 0) << err_;
  EXPECT_EQ(cells_of(back_), cells_of(file_));
}

TEST_F(HeldCopyTest, NothingIsCopiedOnceAnotherHasTheLease) {
  make_tables();
  const Words to{"--copy-to", place_.name()};
  while_held(to, "EXCLUSIVE", [&](Process&) {
    execute(
        "UPDATE nbasync_lease SET token = 'other', epoch = epoch + 1, expires_at = now() + "
        "make_interval(hours => 1); UPDATE nbasync_fence SET token = 'other', epoch = epoch + 1");
  });
  EXPECT_EQ(status_, exit_of(Errc::kSyncInProgress)) << err_;
  EXPECT_THAT(err_, AnyOf(HasSubstr("another instance has taken the lease"),
                          HasSubstr("the lock is lost")));
  EXPECT_EQ(counts(), kNothing);
}

}  // namespace
}  // namespace nbasync::testing
