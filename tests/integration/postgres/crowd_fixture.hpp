#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "integration/postgres/cluster_fixture.hpp"
#include "support/raw_connection.hpp"

namespace nbasync::testing {

// Three daemons, and callers who ask all of them all the while.
class CrowdTest : public ClusterTest {
 protected:
  static constexpr unsigned kMembers = 3;
  static constexpr unsigned kCallers = 4;

  ~CrowdTest() override { end_asking(); }

  void begin_asking() {
    start_holder();
    start("two");
    start("three");
    for (unsigned caller = 0; caller < kCallers; ++caller) {
      callers_.emplace_back([this, caller] { ask_until_over(caller); });
    }
  }
  void end_asking() {
    over_ = true;
    callers_.clear();
  }

  // For a moment, in which what the daemons tell is read.
  void let_pass(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    for (unsigned m = 0; std::chrono::steady_clock::now() < end; ++m) {
      members_[m % kMembers]->process->wait_for("never said", 1, std::chrono::milliseconds(20));
    }
  }

  void await_all_ends() {
    while (query("SELECT count(*) FROM nbasync_requests WHERE state <> 'ended'") != "0") {
      let_pass(std::chrono::milliseconds(60));
    }
  }

  // Every request that was taken has ended once, in the order of the tickets, as its callers were
  // told; and no two runs were at the same time.
  void expect_order() {
    const auto ended = pairs("SELECT run_id, status FROM nbasync_requests");
    const auto logged = pairs("SELECT run_id, status FROM data_sync_log");
    const std::lock_guard lock(mutex_);
    EXPECT_GT(taken_.size(), 5U);
    for (const auto& run : taken_) {
      ASSERT_EQ(ended.count(run), 1U) << run;
      EXPECT_THAT(ended.find(run)->second, ::testing::AnyOf("success", "failed", "interrupted"))
          << run;
      ASSERT_EQ(logged.count(run), 1U) << run;
      EXPECT_EQ(logged.find(run)->second, ended.find(run)->second) << run;
    }
    for (const auto& run : succeeded_) {
      ASSERT_EQ(logged.count(run), 1U) << run;
      EXPECT_EQ(logged.find(run)->second, "success") << run;
    }
    EXPECT_EQ(
        query("SELECT a.ticket, b.ticket FROM nbasync_requests AS a JOIN nbasync_requests AS b "
              "ON a.ticket < b.ticket AND (a.started_at > b.started_at OR a.epoch > b.epoch)"),
        "")
        << "in the order of the tickets";
    EXPECT_EQ(query("SELECT a.run_id, b.run_id FROM data_sync_log AS a JOIN data_sync_log AS b ON "
                    "a.id < b.id AND a.started_at < b.completed_at AND b.started_at < "
                    "a.completed_at AND a.status = 'success' AND b.status = 'success' AND a.run_id "
                    "NOT LIKE '%/%' AND b.run_id NOT LIKE '%/%'"),
              "")
        << "never two at once";
    EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "30");
  }

  std::size_t taken() {
    const std::lock_guard lock(mutex_);
    return taken_.size();
  }

 private:
  // One after the other. Who is not answered has not been taken for sure; every fourth waits until
  // the run has ended.
  void ask_until_over(unsigned seed) {
    std::mt19937 random(seed);
    const char* const types[] = {"teams", "schedule", "todays_games", "season_stats"};
    while (!over_) {
      const auto& member = *members_[random() % kMembers];
      const bool waits = random() % 4 == 0;
      const json wish{{"sync_type", types[random() % 4]},
                      {"season", random() % 2 == 0 ? "2025-26" : "2024-25"},
                      {"force", random() % 2 == 0},
                      {"if_busy", "queue"},
                      {"timeout", 300},
                      {"async", !waits}};
      const auto text = wish.dump();
      try {
        auto connection = RawConnection::to_socket(member.socket.string());
        connection.send("POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                        std::to_string(text.size()) + "\r\n\r\n" + text);
        const auto reply = connection.read_reply(std::chrono::milliseconds(2'000));
        const auto answer = json::parse(reply.body, nullptr, false);
        if (reply.status / 100 != 2 || !answer.is_object()) continue;
        const std::lock_guard lock(mutex_);
        (waits ? succeeded_ : taken_).insert(answer.value("run_id", ""));
      } catch (const std::exception&) {  // it is down
      }
    }
  }

  std::multimap<std::string, std::string> pairs(const std::string& sql) const {
    std::multimap<std::string, std::string> all;
    std::istringstream rows(query(sql));
    for (std::string row; std::getline(rows, row);) {
      all.emplace(row.substr(0, row.find('|')), row.substr(row.find('|') + 1));
    }
    return all;
  }

  std::mutex mutex_;
  std::set<std::string> taken_;      // run ids; guarded by mutex_, as the next
  std::set<std::string> succeeded_;  // of those whose callers were told so
  std::atomic<bool> over_ = false;
  std::vector<std::jthread> callers_;
};

}  // namespace nbasync::testing
