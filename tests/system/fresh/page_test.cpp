#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "support/browser.hpp"
#include "system/host.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A release on which apt has just installed nbasync, and nobody has done anything since; fresh.sh
// makes it. Its network is this process's.
class FreshTest : public ::testing::Test, protected Host {
 protected:
  FreshTest() : Host(std::getenv("NBASYNC_FRESH")) {}

  void SetUp() override {
    if (const auto reason = skipped(); !reason.empty()) GTEST_SKIP() << reason;
    ASSERT_NO_FATAL_FAILURE(find());
    await("nbasyncctl runs --last full --json | grep -q \"\\\"completed_at\\\": \\\"\"");
  }

  void TearDown() override {
    if (HasFailure()) std::cerr << diagnosis();
  }
};

TEST_F(FreshTest, ADaemonRunsAndHasMadeTheFirstSyncByItself) {
  expect("systemctl is-active nbasyncd.service nbasyncd.socket");
  expect("systemctl is-enabled nbasyncd.service nbasyncd.socket");
  EXPECT_EQ(expect("systemctl is-system-running"), "running");
  EXPECT_THAT(expect("nbasyncctl status"), HasSubstr(": all is well"));
  const auto run = expect("nbasyncctl runs --last full --json");
  EXPECT_THAT(run, HasSubstr("\"status\": \"success\""));
  EXPECT_THAT(run, HasSubstr("\"triggered_by\": \"startup\""));
  EXPECT_THAT(expect("nbasyncctl standings"), HasSubstr("Boston Celtics"));
  enter_network();
  Process status({"curl", "--silent", "--fail", "http://127.0.0.1:8080/api/v1/status"});
  EXPECT_EQ(status.wait(), 0);
  EXPECT_THAT(status.out(), HasSubstr("\"current_sync\":null"));
}

// Newer releases of systemd ask polkit in other words than the one of the gate.
TEST_F(FreshTest, TheDaemonsUserMayNotSayWhatAUnitRuns) { expect_that_units_are_roots(); }

TEST_F(FreshTest, ThePageShowsAFullSync) {
  if (!Browser::is_there()) GTEST_SKIP() << "no chromium with its chromium-driver here";
  enter_network();
  Browser browser;
  browser.open("http://127.0.0.1:8080/");
  const auto shows = [&](const std::string& selector, const std::string& text) {
    return browser.wait_for("document.querySelector('" + selector +
                            "').innerText.toLowerCase().includes('" + text + "')");
  };
  EXPECT_TRUE(shows("#sentence", "everything fresh"));
  EXPECT_TRUE(shows("#recent", "full"));
  EXPECT_TRUE(shows("#recent", " new"));
  EXPECT_TRUE(shows("#timeline-sum", "1 run"));
  EXPECT_TRUE(shows("#datasets", "game logs"));
  EXPECT_THAT(browser.complaints(), IsEmpty());
  std::filesystem::create_directories(NBASYNC_SCREENS);
  const std::filesystem::path folder = std::getenv("NBASYNC_FRESH");
  browser.picture(std::string(NBASYNC_SCREENS) + "/" + folder.filename().string() + ".png");
}

}  // namespace
}  // namespace nbasync::testing
