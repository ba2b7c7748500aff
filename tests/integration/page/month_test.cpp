
#include "integration/page/page_fixture.hpp"
#include "support/file_text.hpp"
#include "support/preload.hpp"

// The page of a daemon that has worked for a month, on the last day of the demo season: the picture
// in README.md is this one's (CONTRIBUTING.md tells how to renew it).

namespace nbasync::testing {
namespace {

class MonthTest : public PageFixture {
 protected:
  // The daemon for which it is then this time, UTC.
  void start_daemon_at(const std::string& time) {
    with_preload(LIBFAKETIME,
                 {{"FAKETIME", "@" + time}, {"FAKETIME_DONT_FAKE_MONOTONIC", "1"}, {"TZ", "UTC"}},
                 [this] { daemon_ = spawn_daemon(); });
    wait_until_it_serves();
  }

  void stop_daemon() {
    daemon_->signal(SIGTERM);
    ASSERT_EQ(daemon_->wait(), 0) << daemon_->err();
  }

  static std::string month() {
    return file_text(NBASYNC_SOURCE_DIR "/tests/integration/page/month.sql");
  }
};

TEST_F(MonthTest, ItShowsWhatIsStoredAndWhatWasDone) {
  configure(
      "schedules:\n"
      "  - {name: nightly, sync: full, cron: '0 6 * * *', timezone: America/New_York, catch_up: "
      "none}\n"
      "  - {name: live, sync: todays_games, live: {every: 30s, before_tipoff: 10m}}\n"
      "  - {name: hourly, sync: todays_games, every: 1h, jitter: 2m, catch_up: none}\n");
  start_daemon_at("2026-03-12 10:03:00");
  for (const auto* type : {"full", "players", "player_game_logs", "player_season_stats"}) {
    ASSERT_EQ(client({"sync", type}), 0) << err_;
  }
  stop_daemon();

  execute(month());

  start_daemon_at("2026-04-12 23:42:00");
  for (const auto* type : {"players", "player_game_logs", "game_logs", "teams", "todays_games"}) {
    ASSERT_EQ(client({"sync", type}), 0) << err_;
  }
  open_page();
  browser_->click("[data-span='1']");
  EXPECT_TRUE(shows("#datasets", "1,231")) << "what is stored, not what a run has read";
  EXPECT_TRUE(shows("#changes", "correction"));
  EXPECT_TRUE(shows("#changes", "standings BOS")) << "a team has its name, not its number";
  EXPECT_EQ(text("#changes").find(" 1700"), std::string::npos) << "and so has a player";
  EXPECT_TRUE(shows("#games", "final"));
  keep_picture("month");
}

}  // namespace
}  // namespace nbasync::testing
