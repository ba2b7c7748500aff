#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "cluster_fixture.hpp"
#include "support/raw_connection.hpp"
#include "support/rounds.hpp"

namespace nbasync::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Daemons that are stopped, killed and cut off at random while all are asked: every request that
// was taken ends once, in the order of the tickets. NBASYNC_CHAOS: for so many seconds.
class ChaosTest : public ClusterTest {
 protected:
  static constexpr unsigned kMembers = 3;

  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

  // Asks one after the other until it is over; who is not answered has not been taken for sure.
  void ask_until(const std::atomic<bool>& over, unsigned seed) {
    std::mt19937 random(seed);
    const char* const types[] = {"teams", "schedule", "todays_games", "season_stats"};
    while (!over) {
      const auto& member = *members_[random() % kMembers];
      const json wish{{"sync_type", types[random() % 4]},
                      {"season", random() % 2 == 0 ? "2025-26" : "2024-25"},
                      {"force", random() % 2 == 0},
                      {"if_busy", "queue"},
                      {"timeout", 300},
                      {"async", true}};
      const auto text = wish.dump();
      try {
        auto connection = RawConnection::to_socket(member.socket.string());
        connection.send("POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                        std::to_string(text.size()) + "\r\n\r\n" + text);
        const auto reply = connection.read_reply(milliseconds(2'000));
        const auto answer = json::parse(reply.body, nullptr, false);
        if (reply.status != 202 || !answer.is_object()) continue;
        const std::lock_guard lock(mutex_);
        taken_.insert(answer.value("run_id", ""));
      } catch (const std::exception&) {  // it is down
      }
    }
  }

  // Does something to one of them, and undoes what was done before.
  void disturb() {
    auto& member = *members_[below(kMembers)];
    switch (below(4)) {
      case 0:
      case 1:
        member.process->signal(SIGSTOP);
        stopped_.insert(&member);
        break;
      case 2:
        member.process->signal(SIGKILL);
        member.process->wait();
        stopped_.erase(&member);
        start_again(member);
        ++kills_;
        break;
      default:
        query(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> "
            "pg_backend_pid() AND datname = current_database() AND backend_type = 'client "
            "backend'");
    }
  }
  void let_go_on() {
    for (auto* member : stopped_) member->process->signal(SIGCONT);
    stopped_.clear();
  }

  std::mt19937 random_{7};
  std::set<Member*> stopped_;
  int kills_ = 0;
  std::mutex mutex_;
  std::set<std::string> taken_;  // run ids; guarded by mutex_
};

TEST_F(ChaosTest, EveryRequestThatWasTakenEndsOnceInTheOrderOfTheTickets) {
  lease_ = "1s";
  start_holder();
  start("two");
  start("three");
  std::atomic<bool> over = false;
  std::vector<std::jthread> callers;
  for (unsigned caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&, caller] { ask_until(over, caller); });
  }
  const auto seconds = from_environment("NBASYNC_CHAOS", rounds(url_ == place_.name() ? 8 : 3));
  const auto end = steady_clock::now() + std::chrono::seconds(seconds);
  int disturbed = 0;
  while (steady_clock::now() < end) {
    const auto next = steady_clock::now() + milliseconds(100 + below(1'200));
    while (steady_clock::now() < next) {
      members_[below(kMembers)]->process->wait_for("never said", 1, milliseconds(20));
    }
    if (below(2) == 0) let_go_on();
    disturb();
    ++disturbed;
  }
  over = true;
  callers.clear();
  let_go_on();
  while (query("SELECT count(*) FROM nbasync_requests WHERE state <> 'ended'") != "0") {
    for (const auto& member : members_)
      member->process->wait_for("never said", 1, milliseconds(20));
  }

  std::printf("%u s, %d disturbances, %d kills, %zu requests taken, %s runs, %s takeovers\n",
              seconds, disturbed, kills_, taken_.size(),
              query("SELECT count(*) FROM nbasync_requests").c_str(),
              query("SELECT epoch - 1 FROM nbasync_lease").c_str());
  EXPECT_GT(taken_.size(), 5U);
  for (const auto& run : taken_) {
    const auto ended = query("SELECT status FROM nbasync_requests WHERE run_id = '" + run + "'");
    EXPECT_THAT(ended, ::testing::AnyOf("success", "failed", "interrupted")) << run;
    EXPECT_EQ(query("SELECT status FROM data_sync_log WHERE run_id = '" + run + "'"), ended) << run;
  }
  EXPECT_EQ(query("SELECT a.ticket, b.ticket FROM nbasync_requests AS a JOIN nbasync_requests AS b "
                  "ON a.ticket < b.ticket AND (a.started_at > b.started_at OR a.epoch > b.epoch)"),
            "")
      << "in the order of the tickets";
  EXPECT_EQ(query("SELECT a.run_id, b.run_id FROM data_sync_log AS a JOIN data_sync_log AS b ON "
                  "a.id < b.id AND a.started_at < b.completed_at AND b.started_at < a.completed_at "
                  "AND a.status = 'success' AND b.status = 'success'"),
            "")
      << "never two at once";
  EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "30");
}

}  // namespace
}  // namespace nbasync::testing
