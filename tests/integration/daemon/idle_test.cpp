#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

#include "integration/daemon/daemon_fixture.hpp"

namespace nbasync::testing {
namespace {

using std::chrono::milliseconds;

class IdleTest : public DaemonFixture {
 protected:
  // How often a thread of the daemon has begun to run again.
  std::uint64_t wake_ups() const {
    std::uint64_t sum = 0;
    const std::filesystem::path tasks = "/proc/" + std::to_string(daemon_->pid()) + "/task";
    for (const auto& task : std::filesystem::directory_iterator(tasks)) {
      std::ifstream status(task.path() / "status");
      for (std::string word; status >> word;) {
        std::uint64_t count = 0;
        if (word.ends_with("ctxt_switches:") && status >> count) sum += count;
      }
    }
    return sum;
  }
  // While it says nothing and does not end.
  std::uint64_t wake_ups_within(milliseconds time) {
    const auto before = wake_ups();
    EXPECT_FALSE(daemon_->wait(time)) << "it has ended";
    return wake_ups() - before;
  }
};

// With the bus, the socket and a schedule: whoever has nothing to do sleeps until it is due.
TEST_F(IdleTest, NothingWakesADaemonThatHasNothingToDo) {
  if (asks_postgres()) GTEST_SKIP() << "several daemons look at each other";
  if (!std::string(SANITIZER).empty()) GTEST_SKIP() << "a sanitizer has threads of its own";
  std::ofstream(config_, std::ios::app)
      << "schedules: [{name: yearly, sync: full, cron: \"@yearly\"}]\n";
  start_daemon();
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
  // What follows a sync is over soon: the connection's end, what is counted of the dataset.
  const auto ceiling = std::chrono::steady_clock::now() + Process::kCeiling;
  while (wake_ups_within(milliseconds(300)) > 0) {
    ASSERT_LT(std::chrono::steady_clock::now(), ceiling) << "it never rests";
  }
  EXPECT_EQ(wake_ups_within(milliseconds(2'000)), 0U);
}

}  // namespace
}  // namespace nbasync::testing
