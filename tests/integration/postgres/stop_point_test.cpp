#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>

#include "cluster_fixture.hpp"
#include "support/message_stop.hpp"
#include "sync_messages.hpp"

namespace nbasync::testing {
namespace {

constexpr const char* kChanges =
    "SELECT count(*), max(seq) FROM nbasync_changes WHERE table_name = 'team_season_stats'";

// The holder halts at one of these, and another takes over.
class HaltedTest : public ClusterTest {
 protected:
  HaltedTest() { lease_ = "1s"; }

  Member& start_halting(const std::string& name, const MessageStop& stop) {
    Member* member = nullptr;
    with_stop(stop, [&] { member = &start(name); });
    return *member;
  }

  // Until it is stopped, or dead.
  static void await_halt(const Member& member) {
    const auto end = std::chrono::steady_clock::now() + Process::kCeiling;
    while (std::chrono::steady_clock::now() < end) {
      std::string line;
      std::getline(std::ifstream("/proc/" + std::to_string(member.process->pid()) + "/stat"), line);
      const auto state = line.substr(line.rfind(')') + 2, 1);
      if (state == "T" || state == "Z") return;
      member.process->wait_for("never said", 1, std::chrono::milliseconds(20));
    }
    FAIL() << "it does not halt: " << member.process->err();
  }

  // The season as upstream has it on this day: the games of all teams.
  std::string games() const {
    return query("SELECT sum(games_played) FROM team_season_stats WHERE split_type = 'overall'");
  }

  const std::string early_ = "2025-12-01";
  const std::string late_ = "2026-04-12";
};

class StopPointTest : public HaltedTest,
                      public ::testing::WithParamInterface<std::tuple<const char*, const char*>> {};

// Upstream has something newer for who takes over; whoever goes on after that changes nothing.
TEST_P(StopPointTest, WhoTakesOverDoesItAndWhoGoesOnChangesNothing) {
  const std::string point = std::get<0>(GetParam());
  const std::string by = std::get<1>(GetParam());
  const auto dash = point.find('_');
  it_is(early_);
  auto& one =
      start_halting("one", {point.substr(0, dash), kSyncMessages.at(point.substr(dash + 1)), by});
  ASSERT_TRUE(one.process->wait_for("the lock is taken")) << one.process->err();
  auto& door = start("door", "", "standby");
  const auto client = ask(door, {"sync", "season_stats", "--timeout", "1m", "--json"});
  while (query("SELECT count(*) FROM nbasync_requests") == "0") {
  }
  const auto clients = ask(one, {"sync", "teams", "--timeout", "1m"});
  await_halt(one);
  it_is(late_);
  auto& two = start("two");
  EXPECT_EQ(client->wait(), 0) << client->err();
  const auto run = json::parse(client->out());
  EXPECT_EQ(run["status"], "success");
  const auto rows = games();
  const auto changes = query(kChanges);
  ASSERT_TRUE(two.process->wait_for("the lock is taken")) << two.process->err();
  if (by == "stop") {
    one.process->signal(SIGCONT);
    EXPECT_TRUE(one.process->wait_for(kAnswered)) << one.process->err();
    EXPECT_TRUE(one.process->wait_for("the lock is lost")) << one.process->err();
    EXPECT_EQ(clients->wait(), 0) << "it is told by who has lost the lock: " << clients->err();
    status_when(one, [](const json& now) { return now.value("holder", "") == "two"; });
  } else {
    clients->wait();
    start_again(one);
  }
  while (query("SELECT count(*) FROM nbasync_requests WHERE state <> 'ended'") != "0") {
  }
  EXPECT_EQ(games(), rows);
  EXPECT_EQ(query(kChanges), changes);
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE status = 'success' AND run_id = '" +
                  run["run_id"].get<std::string>() + "'"),
            "1");
  EXPECT_EQ(query("SELECT count(*) FROM nbasync_requests AS a JOIN nbasync_requests AS b ON "
                  "a.ticket < b.ticket AND a.epoch > b.epoch"),
            "0");
  EXPECT_EQ(tell(one, {"sync", "season_stats", "--force", "--timeout", "1m"}), 0) << err_;
  EXPECT_EQ(games() == rows, point != "after_End")
      << "what ended before the halt is not done again";
}

INSTANTIATE_TEST_SUITE_P(
    Each, StopPointTest,
    ::testing::Combine(::testing::Values("before_Begin", "after_Begin", "after_Read", "before_Data",
                                         "after_Data", "before_End", "after_End"),
                       ::testing::Values("stop", "kill")),
    [](const auto& values) {
      return std::string(std::get<0>(values.param)) + "_" + std::get<1>(values.param);
    });

// Between the look at the line and the entry in it.
TEST_F(HaltedTest, WhoHaltsBeforeItLinesUpComesAfterTheOthers) {
  auto& one = start_holder();
  auto& two = start_halting("two", {"before", "INSERT INTO nbasync_requests"});
  const auto client = ask(two, {"sync", "teams", "--timeout", "1m", "--json"});
  await_halt(two);
  EXPECT_EQ(tell(one, {"sync", "schedule", "--timeout", "1m"}), 0) << err_;
  two.process->signal(SIGCONT);
  EXPECT_EQ(client->wait(), 0) << client->err();
  EXPECT_EQ(runs(), "schedule|success\nteams|success");
}

TEST_F(HaltedTest, WhoDiesBeforeItLinesUpHasAskedForNothing) {
  auto& one = start_holder();
  auto& two = start_halting("two", {"before", "INSERT INTO nbasync_requests", "kill"});
  const auto client = ask(two, {"sync", "teams"});
  await_halt(two);
  EXPECT_EQ(client->wait(), exit_of(Errc::kDaemonUnreachable)) << client->err();
  EXPECT_EQ(tell(one, {"sync", "schedule", "--timeout", "1m"}), 0) << err_;
  EXPECT_EQ(runs(), "schedule|success");
}

// What the others rely on. With the guard taken out of its messages, who was stopped overwrites
// what is newer, and says that it was well.
TEST_F(HaltedTest, WithoutTheGuardItWouldOverwriteWhatIsNewer) {
  for (const bool without_guard : {false, true}) {
    SCOPED_TRACE(without_guard);
    it_is(early_);
    auto& one = start_halting("one", {"before", kSyncMessages.at("Data"), "stop", without_guard});
    ASSERT_TRUE(one.process->wait_for("the lock is taken")) << one.process->err();
    auto& door = start("door", "", "standby");
    const auto client = ask(door, {"sync", "season_stats", "--timeout", "1m"});
    await_halt(one);
    it_is(late_);
    start("two");
    EXPECT_EQ(client->wait(), 0) << client->err();
    const auto newer = games();
    one.process->signal(SIGCONT);
    EXPECT_TRUE(one.process->wait_for(kAnswered)) << one.process->err();
    EXPECT_EQ(games() != newer, without_guard);
    members_.clear();
    execute("DELETE FROM team_season_stats");
  }
}

}  // namespace
}  // namespace nbasync::testing
