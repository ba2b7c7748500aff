#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "integration/daemon/control_fixture.hpp"

namespace nbasync::testing {
namespace {

// Readers while the writer writes.
class LoadTest : public ControlFixture {
 protected:
  // What one reader saw.
  struct Seen {
    int answers = 0;
    int during_sync = 0;
    std::chrono::steady_clock::duration slowest{};
    std::string error;  // the first answer that was none
  };

  // Asks for these targets in turn until it is told to stop; each second one on a connection of its
  // own.
  Seen read(const std::vector<std::string>& targets, const std::atomic<bool>& stop) const {
    Seen seen;
    auto kept = connect();
    while (!stop) {
      const auto number = static_cast<std::size_t>(seen.answers++);
      const auto& target = targets[number % targets.size()];
      const auto asked = std::chrono::steady_clock::now();
      const auto reply = number % 2 == 0 ? kept.ask("GET", target) : ask("GET", target);
      seen.slowest = std::max(seen.slowest, std::chrono::steady_clock::now() - asked);
      if (reply.status != 200 && seen.error.empty()) {
        seen.error = target + ": " + std::to_string(reply.status) + " " + reply.body;
      }
      if (reply.body.find("\"sync_in_progress\":true") != std::string::npos) ++seen.during_sync;
    }
    return seen;
  }
};

TEST_F(LoadTest, EightReadersSeeNoErrorWhileFullSyncsWrite) {
  start_daemon();
  constexpr std::size_t kReaders = 8;
  std::atomic<bool> stop = false;
  std::vector<Seen> seen(kReaders);
  std::vector<std::jthread> readers;
  readers.reserve(kReaders);
  for (auto& each : seen) {
    readers.emplace_back([&] {
      each = read({"/api/v1/status", "/api/game-logs?limit=50", "/api/games?date=2025-12-01",
                   "/api/team-stats", "/api/v1/runs"},
                  stop);
    });
  }
  for (const auto* body : {R"({"sync_type":"full"})", R"({"sync_type":"full","dry_run":true})",
                           R"({"sync_type":"full","force":true})"}) {
    const auto reply = sync(body);
    EXPECT_EQ(reply.status, 200) << reply.body;
  }
  stop = true;
  readers.clear();
  int during_sync = 0;
  for (const auto& each : seen) {
    EXPECT_EQ(each.error, "");
    EXPECT_GT(each.answers, 0);
    EXPECT_LT(each.slowest, std::chrono::seconds(2));
    during_sync += each.during_sync;
  }
  EXPECT_GT(during_sync, 0) << "it was read while a sync ran";
  EXPECT_EQ(row_counts(), "30|1231|2462|90");
  daemon_->wait_for("sync finished", 3);
  for (const auto* word : {"locked", "busy", "BUSY"}) {
    EXPECT_EQ(daemon_->err().find(word), std::string::npos) << daemon_->err();
  }
}

}  // namespace
}  // namespace nbasync::testing
