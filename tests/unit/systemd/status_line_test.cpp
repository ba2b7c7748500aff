#include "systemd/status_line.hpp"

#include <gtest/gtest.h>

namespace nbasync {
namespace {

protocol::ScheduleState schedule(const std::string& name, const char* next) {
  protocol::ScheduleState state;
  state.name = name;
  state.sync_type = "full";
  if (next != nullptr) state.next = parse_utc(next);
  return state;
}

protocol::Status syncing() {
  protocol::Status status;
  protocol::CurrentSync sync;
  sync.sync_type = "full";
  sync.season = "2025-26";
  sync.progress.step = "game_logs";
  sync.progress.percent = 45;
  status.current_sync = sync;
  return status;
}

TEST(StatusLineTest, RunningSyncIsToldWithItsStepAndPercent) {
  EXPECT_EQ(status_line(syncing()), "Syncing full 2025-26, game_logs, 45 %");
}

TEST(StatusLineTest, StepThatIsTheWholeSyncIsNotToldTwice) {
  auto status = syncing();
  status.current_sync->sync_type = "game_logs";
  EXPECT_EQ(status_line(status), "Syncing game_logs 2025-26, 45 %");
}

TEST(StatusLineTest, WaitingSyncsAreCounted) {
  auto status = syncing();
  status.queue.resize(2);
  EXPECT_EQ(status_line(status), "Syncing full 2025-26, game_logs, 45 %; 2 waiting");
}

TEST(StatusLineTest, IdleDaemonTellsTheEarliestSchedule) {
  protocol::Status status;
  status.schedules = {schedule("never", nullptr), schedule("late", "2026-01-16T09:00:00Z"),
                      schedule("early", "2026-01-15T09:00:00Z")};
  EXPECT_EQ(status_line(status), "Idle; next early (full) at 2026-01-15T09:00:00Z");
}

TEST(StatusLineTest, IdleDaemonWithoutAScheduleSaysSo) {
  EXPECT_EQ(status_line({}), "Idle; nothing is scheduled");
}

TEST(StatusLineTest, PauseIsTold) {
  protocol::Status status;
  status.paused = true;
  EXPECT_EQ(status_line(status), "Idle; schedules are paused");
}

TEST(StatusLineTest, MistakeInTheConfigurationIsToldOnOneLine) {
  protocol::Status status;
  status.configuration.error = "nbasyncd.yaml:3:1: unknown key\nseson";
  EXPECT_EQ(status_line(status),
            "Idle; nothing is scheduled; configuration not reloaded: nbasyncd.yaml:3:1: unknown "
            "key seson");
}

TEST(StatusLineTest, KeysThatWaitForARestartAreNamed) {
  protocol::Status status;
  status.configuration.restart_needed = {"database", "dbus"};
  EXPECT_EQ(status_line(status), "Idle; nothing is scheduled; restart needed for database, dbus");
}

}  // namespace
}  // namespace nbasync
