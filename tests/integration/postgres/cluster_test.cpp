#include <gmock/gmock.h>

#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include "cluster_fixture.hpp"
#include "support/raw_connection.hpp"

namespace nbasync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

// A connection that reads its events.
RawConnection watch(const Member& member) {
  auto events = RawConnection::to_socket(member.socket.string());
  events.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
  events.read_until("\r\n\r\n");
  return events;
}

TEST_F(ClusterTest, EachAnswersAndOneSyncs) {
  auto& one = start_holder();
  auto& two = start("two");
  auto& three = start("three");
  EXPECT_EQ(tell(two, {"sync", "teams"}), 0) << err_;
  EXPECT_EQ(tell(three, {"sync", "schedule"}), 0) << err_;
  EXPECT_EQ(tell(one, {"sync", "full"}), 0) << err_;
  EXPECT_EQ(runs(), "teams|success\nschedule|success\nfull|success");
  for (const auto& member : members_) {
    const auto told = status_when(*member, [](const json& now) {
      return now["instances"].size() == 3 && now["recent_syncs"].size() == 3;
    });
    EXPECT_EQ(told["instance"], member->name);
    EXPECT_EQ(told["holder"], "one");
    EXPECT_THAT(
        RawConnection::to_socket(member->socket.string()).ask("GET", "/metrics").body,
        AllOf(HasSubstr(member->name == "one" ? "nbasync_cluster_holder 1\n"
                                              : "nbasync_cluster_holder 0\n"),
              HasSubstr("nbasync_cluster_instances 3\n"), HasSubstr("nbasync_cluster_epoch 1\n"),
              HasSubstr(member->name == "one" ? "nbasync_cluster_takeovers_total 1\n"
                                              : "nbasync_cluster_takeovers_total 0\n"),
              HasSubstr("nbasync_cluster_fenced_total 0\n")));
    EXPECT_EQ(tell(*member, {"status"}), 0) << err_;
    EXPECT_THAT(out_, HasSubstr("Holder: one; three, follower; two, follower\n"));
    EXPECT_EQ(told["instances"][0]["name"], "one");
    EXPECT_EQ(told["instances"][0]["role"], "holder");
    EXPECT_EQ(told["instances"][1]["role"], "follower");
    EXPECT_EQ(told["datasets"][0]["stale"], false);
    EXPECT_EQ(tell(*member, {"games", "2025-12-01"}), 0) << err_;
    EXPECT_EQ(tell(*member, {"runs", "--json"}), 0) << err_;
    EXPECT_THAT(json::parse(out_), SizeIs(3));
  }
  EXPECT_THAT(two.process->err() + three.process->err(), Not(HasSubstr("status=success")));
}

TEST_F(ClusterTest, ARunGoesOnWithTheNextHolderWhateverBecameOfTheFirst) {
  lease_ = kSoon;
  std::size_t runs_so_far = 0;
  for (const int signal : {SIGKILL, SIGTERM, SIGSTOP}) {
    SCOPED_TRACE(signal);
    auto& one = start_holder();
    auto& two = start("two");
    const auto client = hold(two);
    one.process->signal(signal);
    EXPECT_EQ(client->wait(), 0) << client->err();
    EXPECT_EQ(json::parse(client->out())["status"], "success");
    EXPECT_TRUE(two.process->wait_for("the lock is taken")) << "it has done it";
    const auto told = status(two)["recent_syncs"];
    EXPECT_THAT(told, SizeIs(++runs_so_far)) << "once, not also as interrupted";
    EXPECT_EQ(told[0]["status"], "success");
    EXPECT_EQ(query("SELECT state, attempts FROM nbasync_requests ORDER BY ticket DESC LIMIT 1"),
              signal == SIGTERM ? "ended|1" : "ended|2");
    members_.clear();
  }
  EXPECT_EQ(runs(), "teams|success\nteams|success\nteams|success");
}

// The server does not answer the renewals of the only one there is.
TEST_F(ClusterTest, AHolderThatIsNotConfirmedAsksUpstreamNoMoreUntilItHasTheLockAgain) {
  lease_ = "2s";  // the server ends a transaction that is silent for 5 s
  auto& one = start_holder();
  const auto client = hold(one);
  const auto locker = look_at(database_.string());
  locker->transaction(
      [&] {
        locker->each("SELECT 1 FROM nbasync_lease FOR UPDATE", {}, [](const Row&) {}, {});
        ASSERT_TRUE(one.process->wait_for("the lock is lost")) << one.process->err();
        EXPECT_THAT(one.process->err(), HasSubstr("the server has not confirmed it for"));
      },
      {});
  EXPECT_EQ(client->wait(), 0) << client->err();
  EXPECT_TRUE(one.process->wait_for("the lock is taken epoch=2")) << one.process->err();
  EXPECT_EQ(runs(), "teams|success");
}

TEST_F(ClusterTest, AOnceThatIsNotConfirmedAsksUpstreamNoMore) {
  lease_ = "2s";
  auto& one = start_holder();
  one.process->signal(SIGTERM);
  ASSERT_EQ(one.process->wait(), 0);
  upstream_.set_fault("*", "hang");
  const auto asked = upstream_.count();
  Process once(
      {NBASYNCD, "--config", (directory_.path() / "one.yaml").string(), "--once", "teams"});
  ASSERT_TRUE(upstream_.wait_for_requests(asked + 1)) << once.err();
  const auto locker = look_at(database_.string());
  locker->transaction(
      [&] {
        locker->each("SELECT 1 FROM nbasync_lease FOR UPDATE", {}, [](const Row&) {}, {});
        EXPECT_EQ(once.wait(), exit_of(Errc::kSyncInProgress));
      },
      {});
  EXPECT_THAT(once.err(), AllOf(HasSubstr("the lock is lost: database"),
                                HasSubstr("the server has not confirmed it for"),
                                HasSubstr("the sync was broken off")));
}

TEST_F(ClusterTest, WhoWaitsAtTheHolderIsToldWhenThatStops) {
  auto& one = start_holder();
  start("two");
  const auto client = hold(one);
  one.process->signal(SIGTERM);
  EXPECT_EQ(client->wait(), exit_of(Errc::kInterrupted)) << client->err();
  EXPECT_EQ(one.process->wait(), 0);
  ASSERT_TRUE(members_[1]->process->wait_for("status=success")) << "the request goes on";
}

TEST_F(ClusterTest, ARunThatEndsItsHolderThriceIsGivenUp) {
  lease_ = kSoon;
  auto& one = start_holder();
  auto client = hold(one);
  for (int attempt = 1; attempt <= 3; ++attempt) {
    SCOPED_TRACE(attempt);
    one.process->signal(SIGKILL);
    one.process->wait();
    upstream_.set_fault("*", "hang");
    const auto asked = upstream_.count();
    start_again(one);
    if (attempt == 3) break;
    ASSERT_TRUE(upstream_.wait_for_requests(asked + 1)) << one.process->err();
  }
  ASSERT_TRUE(one.process->wait_for("the lock is taken")) << one.process->err();
  EXPECT_EQ(query("SELECT state, status, attempts FROM nbasync_requests"), "ended|interrupted|3");
  EXPECT_EQ(runs(), "teams|interrupted");
  upstream_.clear_faults();
  EXPECT_EQ(tell(one, {"sync", "teams"}), 0) << err_;
}

TEST_F(ClusterTest, RequestsOfAllDoorsRunInTheOrderOfTheirArrival) {
  lease_ = kSoon;
  start_holder();
  start("two");
  start("three");
  const auto held = hold(*members_[0]);
  std::vector<std::unique_ptr<Process>> clients;
  for (int i = 0; i < 60; ++i) {
    clients.push_back(
        ask(*members_[static_cast<std::size_t>(i) % 3],
            {"sync", i % 2 == 0 ? "teams" : "schedule", "--season",
             std::to_string(1996 + i / 2) + "-" + std::to_string(10000 + 1997 + i / 2).substr(3),
             "--timeout", "2m"}));
  }
  while (query("SELECT count(*) FROM nbasync_requests") != "61") {
  }
  upstream_.release();
  members_[2]->process->signal(SIGKILL);
  members_[0]->process->signal(SIGKILL);
  ASSERT_TRUE(members_[1]->process->wait_for("the lock is taken")) << members_[1]->process->err();
  for (std::size_t i = 0; i < clients.size(); ++i) {
    ASSERT_TRUE(clients[i]->wait(std::chrono::seconds(60))) << i;
  }
  while (query("SELECT count(*) FROM nbasync_requests WHERE state <> 'ended'") != "0") {
  }
  EXPECT_EQ(query("SELECT count(*) FROM nbasync_requests AS a JOIN nbasync_requests AS b ON "
                  "a.ticket < b.ticket AND a.started_at > b.started_at"),
            "0");
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log AS a JOIN data_sync_log AS b ON a.id < b.id "
                  "AND a.started_at < b.completed_at AND b.started_at < a.completed_at"),
            "0")
      << "never two at once";
}

TEST_F(ClusterTest, AFollowerCancelsARunOfAnotherAndTellsItsOwnTimeouts) {
  auto& one = start_holder();
  auto& two = start("two");
  const auto held = hold(one);
  const auto run = status_when(two, [](const json& now) {
    return now["sync_in_progress"] == true;
  })["current_sync"]["run_id"];
  EXPECT_EQ(tell(two, {"sync", "schedule", "--timeout", "200ms"}), exit_of(Errc::kLockTimeout));
  EXPECT_THAT(err_, HasSubstr("the wait for the lock is over"));
  EXPECT_EQ(tell(two, {"sync", "schedule", "--if-busy", "fail"}), exit_of(Errc::kSyncInProgress));
  EXPECT_THAT(err_, HasSubstr("teams started at"));
  status_when(one, [](const json& now) { return now["queue"].empty(); });
  // Of another type: the holder may learn late of the one that has waited in vain.
  const auto waiting = ask(two, {"sync", "todays_games", "--timeout", "1m", "--json"});
  const auto queued = status_when(one, [](const json& now) {
    return !now["queue"].empty() && now["queue"][0]["sync_type"] == "todays_games";
  });
  EXPECT_EQ(tell(two, {"cancel", queued["queue"][0]["run_id"]}), 0) << err_;
  EXPECT_EQ(waiting->wait(), exit_of(Errc::kCancelled)) << waiting->err();
  EXPECT_EQ(tell(two, {"cancel", run}), 0) << err_;
  EXPECT_EQ(held->wait(), exit_of(Errc::kCancelled)) << held->err();
  status_when(two, [](const json& now) { return now["sync_in_progress"] == false; });
  EXPECT_EQ(tell(two, {"cancel", run}), exit_of(Errc::kUnknownRun));
  EXPECT_EQ(runs(), "teams|cancelled\nschedule|timeout\ntodays_games|cancelled");
}

TEST_F(ClusterTest, AFollowerKnowsARunThatItHasNotSeenYet) {
  listen_ = "off";
  poll_ = "50ms";
  auto& one = start_holder();
  poll_ = "1m";
  auto& two = start("two");
  status_when(two, [](const json& now) { return now["holder"] == "one"; });
  const auto held = hold(one);
  const auto waiting = ask(one, {"sync", "schedule"});
  const auto now = status_when(one, [](const json& seen) { return seen["queue"].size() == 1; });
  ASSERT_EQ(status(two)["sync_in_progress"], false) << "it has looked again";
  const std::string queued = now["queue"][0]["run_id"];
  EXPECT_EQ(tell(two, {"run", queued, "--json"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("\"status\": \"queued\""));
  EXPECT_EQ(tell(two, {"cancel", queued}), 0) << err_;
  EXPECT_EQ(waiting->wait(), exit_of(Errc::kCancelled)) << waiting->err();
  EXPECT_EQ(tell(two, {"cancel", now["current_sync"]["run_id"]}), 0) << err_;
  EXPECT_EQ(held->wait(), exit_of(Errc::kCancelled)) << held->err();
  EXPECT_EQ(tell(two, {"cancel", now["current_sync"]["run_id"]}), exit_of(Errc::kUnknownRun))
      << "it has seen it run";
}

TEST_F(ClusterTest, ADryRunAtAFollowerTellsWhatWouldChange) {
  start_holder();
  auto& two = start("two");
  EXPECT_EQ(tell(two, {"sync", "teams", "--dry-run", "--json"}), 0) << err_;
  const auto run = json::parse(out_);
  EXPECT_EQ(run["inserted_count"], 30);
  EXPECT_THAT(run["changes"], SizeIs(run["changes"].size()));
  EXPECT_FALSE(run["changes"].empty());
  EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "0");
  EXPECT_EQ(runs(), "");
}

TEST_F(ClusterTest, AFollowersWatcherSeesARunFromItsStartToItsEnd) {
  auto& one = start_holder();
  auto& two = start("two");
  auto events = watch(two);
  EXPECT_EQ(tell(one, {"sync", "teams"}), 0) << err_;
  const auto told = events.read_until("event: finished");
  EXPECT_THAT(told, HasSubstr("event: started"));
  EXPECT_THAT(events.read_until("}\n"), HasSubstr("\"success\""));
}

std::string told_of(const std::string& table) {
  return "\"table\":\"" + table + "\",\"updated\":0}\n";
}

// The last one as it takes over: what the other wrote just before, it may not have seen yet.
TEST_F(ClusterTest, AFollowersWatcherIsToldWhatWasChangedAndEachOnce) {
  lease_ = kSoon;
  auto& one = start_holder();
  auto& two = start("two");
  auto events = watch(two);
  EXPECT_EQ(tell(one, {"sync", "teams"}), 0) << err_;
  events.read_until(told_of("nba_teams"));
  EXPECT_EQ(tell(one, {"sync", "schedule"}), 0) << err_;
  one.process->signal(SIGKILL);
  events.read_until(told_of("games"));
  EXPECT_EQ(tell(two, {"sync", "todays_games", "--timeout", "1m"}), 0) << err_;
  const auto all = events.read_until(told_of("todays_games"));
  for (const auto* table : {"nba_teams", "games", "todays_games"}) {
    SCOPED_TRACE(table);
    const auto at = all.find(told_of(table));
    ASSERT_NE(at, all.npos);
    EXPECT_EQ(all.find(told_of(table), at + 1), all.npos);
    const auto begin = all.rfind("data: ", at) + 6;
    const auto told = json::parse(all.substr(begin, all.find('\n', begin) - begin));
    EXPECT_EQ(told["first_seq"].dump() + "|" + told["last_seq"].dump(),
              query("SELECT min(seq), max(seq) FROM nbasync_changes WHERE table_name = '" +
                    std::string(table) + "'"));
    EXPECT_EQ(told["inserted"].dump(), query("SELECT count(*) FROM " + std::string(table)));
  }
}

TEST_F(ClusterTest, WhatAFollowerPausesStaysPausedAfterATakeover) {
  lease_ = kSoon;
  auto& one = start_holder("schedules: [{name: often, sync: teams, every: 1s}]\n");
  auto& two = start("two", "schedules: [{name: often, sync: teams, every: 1s}]\n");
  ASSERT_TRUE(one.process->wait_for("schedule fired"));
  EXPECT_EQ(tell(two, {"pause"}), 0) << err_;
  status_when(one, [](const json& now) { return now["paused"] == true; });
  status_when(two, [](const json& now) { return now["paused"] == true; });
  one.process->signal(SIGKILL);
  ASSERT_TRUE(two.process->wait_for("the lock is taken"));
  EXPECT_EQ(status(two)["paused"], true);
  EXPECT_THAT(two.process->err(), Not(HasSubstr("schedule fired")));
  EXPECT_EQ(tell(two, {"resume"}), 0) << err_;
  EXPECT_TRUE(two.process->wait_for("schedule fired"));
}

// Whoever has the lock fires them; what a stop interrupted is tried again.
TEST_F(ClusterTest, ASchedulesTimesAreDoneOnce) {
  lease_ = kSoon;
  const std::string schedules =
      "schedules: [{name: often, sync: teams, every: 1s, catch_up: all}]\n";
  start_holder(schedules);
  start("two", schedules);
  start("three", schedules);
  const auto done = [&] {
    return std::stoi(query("SELECT count(*) FROM data_sync_log WHERE status = 'success'"));
  };
  std::size_t victim = 0;
  for (const int signal : {SIGKILL, SIGTERM, SIGKILL}) {
    const auto before = done();
    while (done() < before + 2) {
    }
    const auto holder = status(*members_[(victim + 1) % 3])["holder"].get<std::string>();
    victim = holder == "one" ? 0 : holder == "two" ? 1 : 2;
    members_[victim]->process->signal(signal);
    members_[victim]->process->wait();
    start_again(*members_[victim]);
  }
  const auto before = done();
  while (done() < before + 2) {
  }
  EXPECT_EQ(query("SELECT count(*) FROM nbasync_decisions AS a JOIN nbasync_decisions AS b ON "
                  "a.id < b.id AND a.run_id = b.run_id AND a.decision = b.decision AND a.run_id <> "
                  "''"),
            "0");
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log AS a JOIN data_sync_log AS b ON a.id < b.id "
                  "AND a.started_at < b.completed_at AND b.started_at < a.completed_at"),
            "0");
}

// As when the holder was the first to be upgraded.
TEST_F(ClusterTest, WhoIsOlderThanTheTablesAnswersButDoesNotTakeTheLock) {
  auto& one = start_holder();
  auto& two = start("two");
  EXPECT_EQ(tell(one, {"sync", "schedule"}), 0) << err_;
  execute("UPDATE nbasync_meta SET value = '1000' WHERE key = 'version'");
  one.process->signal(SIGTERM);
  one.process->wait();
  ASSERT_TRUE(two.process->wait_for("the lock cannot be taken")) << two.process->err();
  EXPECT_THAT(two.process->err(), HasSubstr("has schema version 1000"));
  EXPECT_EQ(tell(two, {"games", "2025-12-01"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("5 final"));
  start("three");
  EXPECT_EQ(tell(*members_.back(), {"games", "2025-12-01"}), 0) << err_;
  EXPECT_LE(std::stoi(query("SELECT epoch FROM nbasync_lease")), 8) << "it is not tried at once";
}

TEST_F(ClusterTest, OneThatStandsByNeverTakesTheLock) {
  auto& one = start_holder();
  auto& two = start("two", "", "standby");
  EXPECT_EQ(tell(two, {"sync", "teams"}), 0) << err_;
  one.process->signal(SIGTERM);
  one.process->wait();
  const auto told = status_when(two, [](const json& now) { return !now.contains("holder"); });
  EXPECT_EQ(tell(two, {"status"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("nobody has the lock"));
  EXPECT_EQ(tell(two, {"sync", "teams", "--timeout", "100ms"}), exit_of(Errc::kLockTimeout));
  EXPECT_THAT(err_, HasSubstr("there is no daemon that syncs"));
  EXPECT_THAT(two.process->err(), Not(HasSubstr("the lock is taken")));
}

TEST_F(ClusterTest, WhatOnlyTheHolderCanDoAFollowerRefusesByItsName) {
  start_holder();
  auto& two = start("two");
  for (const auto& words : {Words{"backfill", "2023-24..2024-25"}, Words{"backfill", "stop"}}) {
    EXPECT_EQ(tell(two, words), exit_of(Errc::kSyncInProgress)) << words.back();
    EXPECT_THAT(err_, HasSubstr("the daemon one has the lock, and only that one"));
    EXPECT_THAT(err_, HasSubstr("give the command on its host"));
  }
  EXPECT_EQ(tell(two, {"backfill"}), 0) << err_;
}

TEST_F(ClusterTest, AFollowerExplainsASchedule) {
  const char* schedules = "schedules: [{name: daily, sync: teams, cron: '0 9 * * *'}]\n";
  auto& one = start_holder(schedules);
  EXPECT_EQ(tell(one, {"pause"}), 0) << err_;
  EXPECT_EQ(tell(one, {"explain", "daily", "--json"}), 0) << err_;
  const auto told = json::parse(out_);
  EXPECT_THAT(out_, HasSubstr("schedules are paused"));
  auto& two = start("two");
  const auto is_told = [&] { return tell(two, {"explain", "daily", "--json"}) == 0; };
  for (int tries = 0; tries < 1'000 && !(is_told() && json::parse(out_) == told); ++tries) {
  }
  EXPECT_EQ(json::parse(out_), told);
  EXPECT_NE(tell(two, {"explain", "dayly"}), 0);
  EXPECT_THAT(err_, AllOf(HasSubstr("there is no schedule 'dayly'"), HasSubstr("daily")));
}

// By its first answer.
TEST_F(ClusterTest, AFollowerKnowsTheHolderFromTheStart) {
  start_holder();
  EXPECT_EQ(status(start("two"))["holder"], "one");
  EXPECT_EQ(status(start("three", {}, "standby"))["holder"], "one");
}

TEST_F(ClusterTest, WhoHasDoneARunTellsItsHooks) {
  StandIn receiver;
  const auto hook = [&](const std::string& name) {
    receiver.set_body(name, "");
    return "hooks: [{name: site, url: \"http://" + receiver.address() + "/stats/" + name + "\"}]\n";
  };
  auto& one = start_holder(hook("one"));
  auto& two = start("two", hook("two"));
  ASSERT_EQ(tell(two, {"sync", "teams", "-q"}), 0) << err_;
  ASSERT_TRUE(one.process->wait_for("hook told name=site runs=1")) << one.process->err();
  EXPECT_EQ(receiver.count("one"), 1U);
  EXPECT_EQ(receiver.count("two"), 0U);
  EXPECT_EQ(status(two)["hooks"][0]["pending"], 0);
  EXPECT_EQ(status(one)["hooks"][0]["successes"], 1);
}

}  // namespace
}  // namespace nbasync::testing
