#include <csignal>

#include "integration/page/page_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::IsEmpty;

class PageTextTest : public PageFixture {};

constexpr const char* kForeign = R"(<img src=x onerror="window.bitten=1"><b>Zürich</b>)";

// What upstream and whoever asks are called, is text. The league's day is today or yesterday by
// UTC.
TEST_F(PageTextTest, AForeignNameIsText) {
  start_daemon();
  ASSERT_EQ(client({"sync", "full"}), 0) << err_;
  daemon_->signal(SIGTERM);  // what it knows of runs is read at its start
  ASSERT_EQ(daemon_->wait(), 0);
  const std::string name = kForeign;
  execute("UPDATE nba_teams SET team_abbreviation = '" + name + "', full_name = '" + name + "'");
  execute(
      "UPDATE games SET game_date = date('now', '-' || (id % 2) || ' days') WHERE id IN (SELECT id "
      "FROM games ORDER BY id LIMIT 2)");
  execute("UPDATE todays_games SET home_team_name = '" + name + "'");
  execute("UPDATE data_sync_log SET error_code = 'x', status = 'failed', error_message = '" + name +
          "', triggered_by = '" + name + "'");
  execute(
      "UPDATE nbasync_changes SET after = '{\"player_name\":\"<img src=x onerror=1>\"}', "
      "\"before\" = NULL");
  start_daemon();
  open_page();
  EXPECT_TRUE(shows("#changes", "rows"));
  browser_->run("document.querySelectorAll('#changes details').forEach(each => each.open = true)");
  EXPECT_TRUE(shows("#changes", "<img src=x onerror=1>"));
  EXPECT_TRUE(shows("#games", "<img src=x"));
  EXPECT_TRUE(shows("#notices", "<img src=x"));
  browser_->click("#notices button");
  EXPECT_TRUE(shows("#run-body", "Zürich"));
  EXPECT_EQ(
      browser_->run("return document.querySelectorAll('img, b b, p script').length").get<int>(), 0);
  EXPECT_TRUE(browser_->run("return window.bitten === undefined").get<bool>());
  EXPECT_THAT(browser_->complaints(), IsEmpty());
}

// The same once more by the browser: nothing that is not the daemon's runs, and no text becomes
// HTML.
TEST_F(PageTextTest, TheBrowserRefusesWhatIsNotThePage) {
  start_daemon();
  open_page();
  EXPECT_TRUE(browser_
                  ->run("try { const script = document.createElement('script'); script.textContent "
                        "= 'window.bitten = 1'; document.body.append(script) } catch {} return "
                        "window.bitten === undefined")
                  .get<bool>());
  EXPECT_TRUE(browser_
                  ->run("try { document.body.insertAdjacentHTML('beforeend', '<i></i>'); return "
                        "false } catch { return true }")
                  .get<bool>());
  EXPECT_TRUE(browser_
                  ->run("const p = document.createElement('p'); p.setAttribute('style', 'width: "
                        "7px'); document.body.append(p); return p.style.width !== '7px' || "
                        "getComputedStyle(p).width !== '7px'")
                  .get<bool>());
}

}  // namespace
}  // namespace nbasync::testing
