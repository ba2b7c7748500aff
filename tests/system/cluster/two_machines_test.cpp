#include "system/cluster/two_machines.hpp"

namespace nbasync::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

TEST_F(TwoMachinesTest, EachAnswersAndTakesRequestsAndTheAnalystOnlyReads) {
  two_.expect("nbasyncctl sync full");
  for (const auto* host : both_) {
    host->expect("systemctl is-active nbasyncd.service nbasyncd.socket");
    EXPECT_THAT(host->run("nbasyncctl doctor").text, HasSubstr("ok           server-durability"));
    host->await("nbasyncctl runs --json | grep -q success");
    EXPECT_THAT(host->expect("nbasyncctl standings"), HasSubstr("Denver Nuggets"));
  }
  EXPECT_EQ(one_.expect("nbasyncctl games 2025-12-01"), two_.expect("nbasyncctl games 2025-12-01"));

  EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "30");
  for (const auto* sql : {"DELETE FROM nba_teams", "UPDATE nbasync_lease SET epoch = 9",
                          "TRUNCATE nba_teams", "INSERT INTO nbasync_requests DEFAULT VALUES",
                          "DROP TABLE nba_teams", "CREATE TABLE mine (id INTEGER)"}) {
    const auto answer = ask_as_analyst(sql);
    EXPECT_NE(answer.status, 0) << sql;
    EXPECT_THAT(answer.text, AnyOf(HasSubstr("permission denied"), HasSubstr("must be owner")));
  }
}

TEST_F(TwoMachinesTest, WhenTheHolderIsKilledTheOtherGoesOn) {
  start_endless_sync();
  expect("kill -KILL " + property("MainPID") +
         "; systemctl stop nbasyncd.socket nbasyncd.service 2>&1");
  two_.expect("nbasyncctl status | grep -q 'Holder: one'");  // the lease is not over
  two_.expect("nbasyncctl sync schedule --timeout 50s");
  await_status(two_, "Holder: two");
  EXPECT_EQ(query(kRuns), "full|success\nschedule|success");
  expect("systemctl start nbasyncd.socket nbasyncd.service");
  both_say("Holder: two; one, follower");
  expect("nbasyncctl sync teams");
}

// With a lease for which nobody waits: who is stopped hands over at once. One after the other gets
// the package anew, while one sync runs and others wait for it.
TEST_F(TwoMachinesTest, AnUpgradeOfOneAfterTheOtherLosesNoRequest) {
  for (const auto* host : both_) {
    host->configure("60-lease", "cluster: {lease: 2m}\n");
    host->expect("systemctl stop nbasyncd.socket nbasyncd.service");
  }
  for (const auto* host : both_) {
    host->expect("systemctl start nbasyncd.socket nbasyncd.service");
    await_status(*host, "Holder: one");
  }
  two_.upstream("leaguestandingsv3=drip=1000");
  start_endless_sync();
  int number = 0;
  for (const auto* type : {"teams", "schedule", "game_logs", "todays_games", "players"}) {
    both_[static_cast<std::size_t>(++number % 2)]->expect(
        std::string("nbasyncctl sync ") + type + " --no-wait --if-busy queue --timeout 2m");
  }
  for (const auto* host : both_) {
    host->expect("dpkg -i " NBASYNC_PACKAGE " 2>&1");
    both_say("Holder: .*, follower");
  }
  EXPECT_EQ(query("SELECT count(*) FROM nbasync_requests WHERE state <> 'ended'"), "6");
  for (const auto* host : both_) host->upstream();
  expect("nbasyncctl sync season_stats --timeout 50s");
  EXPECT_EQ(query("SELECT status, count(*) FROM nbasync_requests GROUP BY status"), "success|7");
  expect("systemctl stop nbasyncd.socket nbasyncd.service");
  await_status(two_, "Holder: two");
}

}  // namespace
}  // namespace nbasync::testing
