#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "integration/daemon/client_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

// Both back ends beside each other, and what only one of them has.
class ClientWaysTest : public ClientFixture {
 protected:
  // What moves between two calls.
  static json still(json value) {
    if (value.is_object() && value.contains("datasets")) {
      for (auto& dataset : value["datasets"]) dataset["age_seconds"] = nullptr;
    }
    return value;
  }
};

TEST_F(ClientWaysTest, BothTellTheSameJson) {
  configure(
      "schedules:\n"
      "  - {name: nightly, sync: full, cron: '0 6 * * *'}\n"
      "  - {name: live, sync: todays_games, live: {every: 30s}}\n"
      "log: {level: debug}\n");
  start_daemon();
  ASSERT_EQ(run(kOverSocket, {"sync", "full"}), 0) << err_;
  ASSERT_EQ(run(kOverBus, {"sync", "teams"}), 0) << err_;
  upstream_.set_fault("leaguestandingsv3", "html");
  ASSERT_EQ(run(kOverBus, {"sync", "teams"}), 1);
  const auto newest = query("SELECT run_id FROM data_sync_log ORDER BY id DESC LIMIT 1");
  const auto whole = query("SELECT run_id FROM data_sync_log WHERE sync_type = 'full'");
  ASSERT_EQ(run(kOverSocket, {"pause"}), 0) << err_;
  for (const Words& words : {Words{"status"},
                             {"status", "--check"},
                             {"runs"},
                             {"runs", "-n", "1"},
                             {"run", newest},
                             {"run", whole},
                             {"schedules"},
                             {"explain", "nightly"},
                             {"explain", "live"},
                             {"version"}}) {
    const auto over_socket = still(json_of(kOverSocket, words));
    EXPECT_EQ(over_socket, still(json_of(kOverBus, words))) << words.front();
    EXPECT_FALSE(over_socket.empty());
  }
}

TEST_F(ClientWaysTest, BothTellABusyDaemonTheSame) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  const auto first = spawn(kOverSocket, {"sync", "teams"});
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  ASSERT_EQ(run(kOverBus, {"sync", "schedule", "--no-wait", "--timeout", "60s"}), 0) << err_;
  const auto over_socket = still(json_of(kOverSocket, {"status"}));
  EXPECT_EQ(over_socket, still(json_of(kOverBus, {"status"})));
  EXPECT_EQ(over_socket["current_sync"]["triggered_by"], "http");
  EXPECT_EQ(over_socket["queue"][0]["triggered_by"], "dbus");
  upstream_.release();
  EXPECT_EQ(first->wait(), 0) << first->err();
}

TEST_F(ClientWaysTest, GamesComeOverTheSocketOnly) {
  start_daemon();
  ASSERT_EQ(run(kOverSocket, {"sync", "todays_games"}), 0) << err_;
  const auto date = query("SELECT DISTINCT game_date FROM todays_games");
  EXPECT_EQ(run(kOverSocket, {"games", date}), 0) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr(date + ", 15 games"), HasSubstr("AWAY"), HasSubstr("Final")));
  EXPECT_EQ(json_of(kOverSocket, {"games", date}).size(), 15U);
  EXPECT_EQ(run(kOverSocket, {"games", "1999-01-01"}), 0);
  EXPECT_EQ(out_, "no games on 1999-01-01\n");
  EXPECT_EQ(run(kOverSocket, {"games", "some day"}), 2);
  EXPECT_THAT(err_, HasSubstr("write it as"));
  EXPECT_EQ(run(kOverBus, {"games", date}), 6);
  EXPECT_THAT(err_, HasSubstr("over the control socket only"));
}

TEST_F(ClientWaysTest, QueueThatIsFullRefuses) {
  configure("sync: {queue_limit: 1}\n");
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  const auto first = spawn(kOverSocket, {"sync", "teams"});
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  ASSERT_EQ(run(kOverBus, {"sync", "schedule", "--no-wait", "--timeout", "60s"}), 0) << err_;
  for (const auto* way : {kOverSocket, kOverBus}) {
    EXPECT_EQ(run(way, {"sync", "game_logs"}), 4) << way;
    EXPECT_THAT(err_, HasSubstr("1")) << "how many wait";
  }
  upstream_.release();
  EXPECT_EQ(first->wait(), 0) << first->err();
}

TEST_F(ClientWaysTest, StrangerMayReadAndNotChange) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root, to be another user";
  start_daemon();
  ASSERT_EQ(chmod(socket_.c_str(), 0666), 0);
  std::filesystem::permissions(directory_.path(), std::filesystem::perms::all);
  const auto as_stranger = [&](Words words) {
    words.insert(words.begin(), {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                                 NBASYNCCTL, "--socket", socket_.string()});
    Process process(words);
    const auto status = process.wait().value_or(-1000);
    out_ = process.out();
    err_ = process.err();
    return status;
  };
  EXPECT_EQ(as_stranger({"status"}), 0) << err_;
  EXPECT_EQ(as_stranger({"schedules"}), 0) << err_;
  for (const Words& words : {Words{"sync", "teams"},
                             {"pause"},
                             {"resume"},
                             {"reload"},
                             {"cancel", "00000000-0000-0000-0000-000000000000"}}) {
    EXPECT_EQ(as_stranger(words), 7) << words.front();
    EXPECT_THAT(err_, HasSubstr("only root and members of the group nbasync may")) << words.front();
  }
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log"), "0");
  ASSERT_EQ(chmod(socket_.c_str(), 0600), 0);
  EXPECT_EQ(as_stranger({"status"}), 7);
  EXPECT_THAT(err_, HasSubstr("may not be opened"));
}

}  // namespace
}  // namespace nbasync::testing
