#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <string>

#include "integration/daemon/control_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

// A daemon that nobody has told not to fill an empty database.
class FirstStartTest : public ControlFixture {
 protected:
  FirstStartTest() { std::filesystem::remove(drop_ins_ / "00-fixture.yaml"); }

  std::string runs() const {
    return query(
        "SELECT sync_type, status, triggered_by FROM data_sync_log WHERE run_id NOT LIKE '%/%' "
        "ORDER BY id");
  }
  int over_socket(const std::string& verb) {
    Process process({NBASYNCCTL, "--socket", socket_.string(), verb});
    const auto status = process.wait();
    out_ = process.out();
    err_ = process.err();
    return status.value_or(-1000);
  }
};

TEST_F(FirstStartTest, AnEmptyDatabaseIsFilledAtOnceAndSaysSoMeanwhile) {
  upstream_.set_fault("leaguestandingsv3", "hang");
  start_daemon();
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  const auto games = ask("GET", "/api/games?date=2025-12-25");
  EXPECT_EQ(games.status, 503);
  EXPECT_THAT(games.body, HasSubstr("there is no data yet: the first sync is under way"));
  EXPECT_EQ(get("/api/v1/status")["current_sync"]["triggered_by"], "startup");
  EXPECT_EQ(over_socket("status"), 0);
  EXPECT_THAT(out_, HasSubstr("first sync under way"));
  EXPECT_EQ(over_socket("games"), 1);
  EXPECT_THAT(err_, HasSubstr("the first sync is under way"));
  upstream_.release();
  ASSERT_TRUE(daemon_->wait_for("sync finished")) << daemon_->err();
  EXPECT_EQ(runs(), "full|success|startup");
  EXPECT_EQ(get("/api/games?date=2025-12-25")["count"], 5);
  EXPECT_TRUE(get("/api/v1/status")["first_sync"].is_null());

  daemon_->signal(SIGTERM);
  ASSERT_EQ(daemon_->wait(), 0);
  start_daemon();
  EXPECT_EQ(client({"sync", "teams"}), 0);
  EXPECT_EQ(runs(), "full|success|startup\nteams|success|dbus");
}

TEST_F(FirstStartTest, OneThatWasKilledGoesOnAtTheNextStart) {
  upstream_.set_fault("teamgamelogs", "hang");
  start_daemon();
  ASSERT_TRUE(daemon_->wait_for("bus connected"));
  await_request("teamgamelogs");
  daemon_->signal(SIGKILL);
  daemon_->wait();
  upstream_.clear_faults();
  const auto before = upstream_.count("commonteamyears");
  start_daemon();
  ASSERT_TRUE(daemon_->wait_for("sync finished")) << daemon_->err();
  EXPECT_EQ(runs(), "full|interrupted|startup\nfull|success|startup");
  EXPECT_EQ(upstream_.count("commonteamyears"), before) << "the teams were there";
  EXPECT_NE(query("SELECT count(*) FROM team_game_logs"), "0");
}

}  // namespace
}  // namespace nbasync::testing
