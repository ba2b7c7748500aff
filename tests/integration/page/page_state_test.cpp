#include <csignal>
#include <fstream>

#include "integration/page/page_fixture.hpp"
#include "support/has_program.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PageStateTest : public PageFixture {
 protected:
  // Starts a sync of this type by the client, which stands still in upstream until release().
  std::unique_ptr<Process> start_held(const std::string& type) {
    upstream_.set_fault("leaguestandingsv3", "hang");
    const auto before = upstream_.count();
    auto process = spawn_client({"sync", type});
    EXPECT_TRUE(upstream_.wait_for_requests(before + 1));
    return process;
  }
};

TEST_F(PageStateTest, ASyncOfTheClientAppearsGoesOnAndEnds) {
  // Longer than progress that is told four times a second.
  std::ofstream(drop_ins_ / "50-spacing.yaml") << "upstream: {min_interval: 60ms}\n";
  open_with_data();
  const auto sync = start_held("full");
  ASSERT_TRUE(has_tone("busy"));
  EXPECT_TRUE(shows("#sentence", "syncing full"));
  EXPECT_TRUE(shows("#now-run .steps", "game logs"));
  EXPECT_TRUE(browser_->wait_for("document.querySelector('#icon').href.endsWith('icon-busy.svg')"));
  EXPECT_TRUE(browser_->wait_for("document.title.includes('full')"));
  const auto waiting = spawn_client({"sync", "players", "--if-busy", "queue"});
  EXPECT_TRUE(shows("#line", "players waits"));
  keep_picture("syncing");
  browser_->run(
      "window.percents = new Set(); new MutationObserver(() => "
      "window.percents.add(document.querySelector('#now-run .bar').ariaValueNow))"
      ".observe(document.querySelector('#now-run .bar'), {attributes: true})");
  upstream_.release();
  EXPECT_EQ(sync->wait(), 0);
  EXPECT_EQ(waiting->wait(), 0);
  EXPECT_TRUE(has_tone("ok"));
  EXPECT_TRUE(shows("#timeline-sum", "3 runs"));
  EXPECT_TRUE(shows("#recent", "players"));
  EXPECT_GE(browser_->run("return window.percents.size").get<int>(), 2) << "it did not go on";
  EXPECT_THAT(browser_->complaints(), IsEmpty());
}

TEST_F(PageStateTest, ARefusalIsATickWithItsReason) {
  open_with_data();
  const auto sync = start_held("teams");
  ASSERT_TRUE(has_tone("busy"));
  EXPECT_EQ(client({"sync", "full"}), 4) << err_;
  upstream_.release();
  EXPECT_EQ(sync->wait(), 0);
  ASSERT_TRUE(has_tone("ok"));
  browser_->open(address());
  ASSERT_TRUE(browser_->wait_for("document.querySelector('#timeline-sum').textContent"));
  // Beneath the line of now, where the tick is.
  const char* over = R"(
    const lane = document.getElementById('lane');
    const box = lane.getBoundingClientRect();
    for (let x = box.left; x < box.right; ++x) {
      const event = new PointerEvent('pointermove', {clientX: x, clientY: box.top + box.height * 0.65});
      lane.dispatchEvent(event);
      if (!document.getElementById('lane-tip').hidden) return document.getElementById('lane-tip').textContent;
    }
    return '';)";
  ASSERT_TRUE(
      browser_->wait_for("(() => {" + std::string(over) + "})().includes('already in progress')"));
  EXPECT_THAT(browser_->run(over).get<std::string>(), HasSubstr("refused"));
  keep_picture("refused");
}

TEST_F(PageStateTest, ToPauseItAsksForTheToken) {
  open_with_data();
  // Over TCP nobody is known by a user id.
  browser_->click("#pause");
  ASSERT_TRUE(browser_->wait_for("document.querySelector('#token').open"));
  browser_->type("#token-text", "not-the-token");
  browser_->click("#token-form .primary");
  EXPECT_TRUE(shows("#token-why", "not the one"));
  browser_->type("#token-text", "the-token");
  browser_->click("#token-form .primary");
  EXPECT_TRUE(has_tone("paused"));
  EXPECT_TRUE(shows("#pause", "resume"));
  EXPECT_TRUE(get("/api/v1/status")["paused"].get<bool>());
  EXPECT_EQ(browser_->run("return localStorage.length").get<int>(), 0);
  keep_picture("paused");
  browser_->click("#pause");
  EXPECT_TRUE(has_tone("ok"));
  EXPECT_FALSE(get("/api/v1/status")["paused"].get<bool>());
}

TEST_F(PageStateTest, ASyncIsAskedForAndCancelled) {
  open_with_data();
  browser_->run("sessionStorage.setItem('nbasync-token', 'the-token')");
  upstream_.set_fault("leaguestandingsv3", "hang");
  browser_->click("#start button");
  ASSERT_TRUE(has_tone("busy"));
  browser_->click("#now-run .cancel");
  EXPECT_TRUE(shows("#recent", "cancelled"));
}

TEST_F(PageStateTest, ABlockedUpstreamIsToldWithItsRun) {
  upstream_.set_fault("*", "status=403");
  start_daemon();
  const auto is_blocked = [this] {
    const auto status = get("/api/v1/status");
    return !status["upstream"].empty() && status["upstream"][0]["state"] != "ok";
  };
  for (int i = 0; i < 20 && !is_blocked(); ++i) EXPECT_EQ(client({"sync", "teams"}), 1) << err_;
  open_page();
  EXPECT_TRUE(shows("#sentence", upstream_.address() + " is not asked until"));
  EXPECT_TRUE(shows("#notices", "403"));
  keep_picture("blocked");
  browser_->click("#notices button");
  EXPECT_TRUE(shows("#run-body .mistake", "403"));
  EXPECT_THAT(browser_->run("return location.hash").get<std::string>(), HasSubstr("#run="));
  browser_->click("#run-close");
  EXPECT_TRUE(browser_->wait_for("!document.querySelector('#run').open"));
}

TEST_F(PageStateTest, BeforeTheFirstSyncItSaysSo) {
  std::ofstream(drop_ins_ / "00-fixture.yaml") << "sync: {on_start: if-empty}\n";
  upstream_.set_fault("leaguestandingsv3", "hang");
  start_daemon();
  open_page();
  EXPECT_TRUE(shows("#sentence", "first sync under way"));
  EXPECT_TRUE(shows("#games", "no data yet"));
  keep_picture("first-start");
}

TEST_F(PageStateTest, ADaemonGoesAndComesBack) {
  open_with_data();
  daemon_->signal(SIGKILL);
  daemon_->wait();
  EXPECT_TRUE(has_tone("gone"));
  EXPECT_TRUE(shows("#sentence", "does not answer"));
  EXPECT_TRUE(browser_->wait_for("document.title.startsWith('gone')"));
  EXPECT_TRUE(browser_->wait_for("document.querySelector('#icon').href.endsWith('icon-gone.svg')"));
  keep_picture("gone");
  start_daemon();
  EXPECT_TRUE(has_tone("ok"));
  ASSERT_EQ(client({"sync", "teams"}), 0) << err_;
  EXPECT_TRUE(shows("#recent", "teams")) << "its stream is there again";
}

TEST_F(PageStateTest, AMistakeInTheConfigurationIsShownAndMended) {
  if (!has_program("systemd-socket-activate")) GTEST_SKIP() << "no systemd-socket-activate here";
  std::ofstream(drop_ins_ / "60-broken.yaml") << "seson: 2024-25\n";
  daemon_ = std::make_unique<Process>(std::vector<std::string>{
      "systemd-socket-activate", "--listen=" + socket_.string(),
      "--listen=127.0.0.1:" + std::to_string(port_), "--fdname=nbasyncd.socket:read", NBASYNCD,
      "--config", config_.string()});
  ASSERT_TRUE(daemon_->wait_for("Listening on", 2));
  browser_ = std::make_unique<Browser>();
  browser_->open(address());
  ASSERT_TRUE(browser_->wait_for("document.body.dataset.phase === 'refused'"));
  EXPECT_TRUE(shows("#sentence", "mistake"));
  EXPECT_TRUE(shows("#notices", "60-broken.yaml:1"));
  keep_picture("bad-configuration");
}

}  // namespace
}  // namespace nbasync::testing
