#include "sync/season_start.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "support/fake_clock.hpp"
#include "support/fake_fetcher.hpp"
#include "support/manual_executor.hpp"
#include "support/small_answers.hpp"
#include "support/sync_parts.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

// A service over a database, on 2026-01-15, for the season 2026-27.
class SeasonStartTest : public ::testing::Test {
 protected:
  SeasonStartTest() { lock_.try_lock("daemon", clock_.wall()); }
  ~SeasonStartTest() override { executor_.drain(); }

  static ServiceOptions options() {
    ServiceOptions options;
    options.season = "2026-27";
    return options;
  }
  void game(const std::string& id, const std::string& date, const std::string& time,
            const std::string& season = "2026-27", const std::string& status = "scheduled") {
    testing::execute(place_.name(),
                     "INSERT INTO games (id, season, game_date, game_time_utc, status) VALUES ('" +
                         id + "', '" + season + "', '" + date + "', " +
                         (time.empty() ? "NULL" : "'" + time + "'") + ", '" + status + "')");
  }
  protocol::DatasetState state(const std::string& name) {
    start_.read();
    executor_.drain();
    const auto datasets = service_.brief_status().datasets;
    return *std::ranges::find(datasets, name, &protocol::DatasetState::name);
  }

  testing::NewPlace place_;
  testing::FakeClock clock_;
  testing::ManualExecutor executor_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  testing::FakeFetcher fetcher_;
  testing::TestLock lock_{place_.name()};
  testing::SyncParts parts_{place_.name(), executor_, wheel_, clock_, fetcher_, lock_};
  SyncService service_{executor_,  wheel_,         clock_,           parts_.work(),
                       parts_.log, parts_.readers, parts_.history(), options()};
  SeasonStart start_{parts_.readers, clock_, service_};
};

TEST_F(SeasonStartTest, WhatIsMadeOfGamesIsNotStaleBeforeTheFirstOne) {
  EXPECT_TRUE(state("game_logs").stale) << "no game is known";
  game("0022600002", "2026-10-21", "");
  game("0022600001", "2026-10-20", "2026-10-20T23:30:00Z");
  game("0022500001", "2025-10-20", "2025-10-20T23:30:00Z", "2025-26", "final");
  EXPECT_FALSE(state("game_logs").stale);
  EXPECT_EQ(state("game_logs").begins, parse_utc("2026-10-20T23:30:00Z"));
  EXPECT_TRUE(state("schedule").stale) << "it is there before the first game";
  EXPECT_FALSE(state("schedule").begins);

  clock_.set_wall(*parse_utc("2026-10-20T23:30:00Z"));
  EXPECT_TRUE(state("game_logs").stale);
  EXPECT_FALSE(state("game_logs").begins);
}

TEST_F(SeasonStartTest, APartThatIsNotKeptAndAGameThatDoesNotTakePlaceSayNothing) {
  game("0012600001", "2026-10-04", "2026-10-04T23:00:00Z");  // pre-season
  game("0022600001", "2026-10-19", "2026-10-19T23:30:00Z", "2026-27", "cancelled");
  EXPECT_FALSE(state("season_stats").begins);
  game("0022600002", "2026-10-21", "");
  EXPECT_EQ(state("season_stats").begins, parse_utc("2026-10-21T00:00:00Z"));
  game("0022600003", "2026-10-22", "1900-01-01T19:00:00Z");  // as a predecessor wrote
  EXPECT_EQ(state("season_stats").begins, parse_utc("2026-10-21T00:00:00Z"));
}

TEST_F(SeasonStartTest, ASyncThatMovesGamesIsLookedAfter) {
  testing::answer_with_two_teams(fetcher_);
  fetcher_.on_get([&](const Request&, const std::stop_token&) {
    game("0022600001", "2026-10-20", "2026-10-20T23:30:00Z");
  });
  SyncRequest request;
  request.sync_type = "schedule";
  service_.sync(request, nullptr, nullptr);
  executor_.drain();
  const auto datasets = service_.brief_status().datasets;
  EXPECT_TRUE(std::ranges::any_of(
      datasets, [](const protocol::DatasetState& each) { return each.begins.has_value(); }));
}

}  // namespace
}  // namespace nbasync
