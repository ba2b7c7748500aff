#include <gmock/gmock.h>

#include <filesystem>
#include <vector>

#include "support/readme.hpp"
#include "system/machine.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

// From the version before (tests/previous.sh builds its package) to this one, and back.
class UpgradeTest : public Machine {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kPrevious)) {
      GTEST_SKIP() << "no package of the version before; build it with: sh tests/previous.sh";
    }
    Machine::SetUp();
    if (IsSkipped() || HasFailure()) return;
    const auto old = expect(std::string("dpkg-deb -f ") + kPrevious + " Version");
    ASSERT_NE(old, NBASYNC_VERSION);
    old_ = old;
    expect("dpkg -P nbasync 2>&1; mkdir -p /etc/nbasync/conf.d");
    // 0.1 takes no schedule that has a game twice, as the demo season has the one that was put off.
    expect("rm -rf /tmp/season; cp -r " NBASYNC_DEMO
           "/season /tmp/season; sed -i 's/\"0022500401\",\"gameCode\":\"20251212/"
           "\"0022501299\",\"gameCode\":\"20251212/' /tmp/season/*chedule*");
    upstream("", "/tmp/season");
    // Words that both versions know.
    configure("50-test",
              "season: 2025-26\n"
              "upstream: {stats_url: http://127.0.0.1:8090/stats, "
              "cdn_url: http://127.0.0.1:8090/cdn, min_interval: 0s}\n"
              "schedules: [{name: weekly, sync: full, cron: '@weekly'},\n"
              "  {name: often, sync: teams, every: 1h}]\n");
  }

  void TearDown() override {
    Machine::TearDown();
    if (IsSkipped()) return;
    run("rm -f /etc/apt/apt.conf.d/99yes; dpkg -P nbasync; dpkg -i " NBASYNC_PACKAGE);
  }

  // Who has changed a file of the package's configuration keeps it.
  void install(const char* package) const {
    expect("dpkg --force-confdef --force-confold -i " + std::string(package) + " 2>&1");
  }
  void install_and_start(const char* package, const std::string& version) const {
    install(package);
    expect_started(version);
  }
  // The README's command, as it is written there.
  void go_back() const {
    const auto command = readme_block_with(NBASYNC_SOURCE, "--allow-downgrades");
    const auto name = command.substr(command.find("./") + 2);
    expect(std::string("mkdir -p /tmp/back && cp ") + kPrevious + " /tmp/back/" + name);
    // Who sits before it says yes, and keeps the configuration.
    expect(
        "echo 'APT::Get::Assume-Yes \"yes\"; Dpkg::Options { \"--force-confdef\"; "
        "\"--force-confold\"; };' >/etc/apt/apt.conf.d/99yes");
    expect("sudo() { \"$@\"; }; cd /tmp/back && " + command);
    expect_started(old_);
  }
  void expect_started(const std::string& version) const {
    expect("systemctl is-active nbasyncd.socket");
    expect("systemctl is-active nbasyncd.service");
    EXPECT_THAT(expect("nbasyncctl status --json"), HasSubstr("\"version\": \"" + version + "\""));
  }
  void own_configuration() const { expect("echo '# mine' >>/etc/nbasync/nbasyncd.yaml"); }

  // How many rows each table of data has.
  std::vector<std::string> sizes() const {
    std::vector<std::string> result;
    for (const auto* table : {"nba_teams", "games", "team_game_logs", "team_season_stats"}) {
      result.push_back(query(std::string("SELECT count(*) FROM ") + table));
    }
    return result;
  }
  std::string runs() const { return query("SELECT group_concat(run_id) FROM data_sync_log"); }

  // What the user has, and what the daemon remembers.
  void expect_kept() const {
    EXPECT_EQ(expect("tail -n 1 /etc/nbasync/nbasyncd.yaml"), "# mine");
    EXPECT_EQ(expect("cat /etc/nbasync/token; stat -c %a /etc/nbasync/token"), "s3cret\n600");
    EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
    EXPECT_THAT(expect("nbasyncctl status --json"), HasSubstr("\"paused\": true"));
    EXPECT_EQ(query("SELECT group_concat(name) FROM (SELECT name FROM nbasync_schedules ORDER BY "
                    "name)"),
              "often,weekly");
    EXPECT_THAT(query("SELECT group_concat(id || decision) FROM nbasync_decisions"),
                HasSubstr("1requested,2paused"));
  }

  static constexpr const char* kPrevious = NBASYNC_BUILD "/previous/nbasync.deb";
  std::string old_;
};

TEST_F(UpgradeTest, AnUpgradeAndTheWayBackKeepAll) {
  install_and_start(kPrevious, old_);
  own_configuration();
  expect("umask 077; echo s3cret >/etc/nbasync/token; systemctl restart nbasyncd.service");
  expect("nbasyncctl sync full");
  expect("nbasyncctl pause");
  expect_kept();
  const auto first_sizes = sizes();
  const auto first_runs = runs();

  install_and_start(NBASYNC_PACKAGE, NBASYNC_VERSION);
  expect_kept();
  EXPECT_EQ(sizes(), first_sizes);
  EXPECT_THAT(runs(), HasSubstr(first_runs));
  expect("nbasyncctl sync full");
  const auto players = query("SELECT count(*) FROM players");
  EXPECT_GT(std::stoi(players), 400);
  const auto second_sizes = sizes();
  const auto second_runs = runs();

  go_back();
  expect_kept();
  EXPECT_EQ(sizes(), second_sizes);
  EXPECT_EQ(query("SELECT count(*) FROM players"), players);
  EXPECT_THAT(runs(), HasSubstr(second_runs));
  expect("nbasyncctl sync full");

  install_and_start(NBASYNC_PACKAGE, NBASYNC_VERSION);
  expect_kept();
  EXPECT_EQ(query("SELECT count(*) FROM players"), players);
  // 0.1 has removed what it does not know, the figures of the playoffs.
  expect("nbasyncctl sync full");
  EXPECT_EQ(sizes(), second_sizes);
}

// The file has words of this version: the version before names the first, and touches nothing.
TEST_F(UpgradeTest, TheWayBackWithAFileOfThisVersionIsToldByTheVersionBefore) {
  install_and_start(NBASYNC_PACKAGE, NBASYNC_VERSION);
  own_configuration();
  expect("nbasyncctl sync full --if-busy join");  // it may be at its first
  const auto kept = sizes();
  install(kPrevious);
  await("journalctl -u nbasyncd -o cat | grep -q \"nbasyncd.yaml:[0-9]*:1: .* is not a key\"");
  EXPECT_EQ(sizes(), kept);
  expect("mv /etc/nbasync/nbasyncd.yaml.dpkg-dist /etc/nbasync/nbasyncd.yaml");
  expect(
      "systemctl reset-failed nbasyncd.socket nbasyncd.service; systemctl restart nbasyncd.socket "
      "nbasyncd.service");
  expect("nbasyncctl sync teams");
  EXPECT_EQ(sizes(), kept);
}

}  // namespace
}  // namespace nbasync::testing
