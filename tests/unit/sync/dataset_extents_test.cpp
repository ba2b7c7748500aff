#include "sync/dataset_extents.hpp"

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

class DatasetExtentsTest : public ::testing::Test {
 protected:
  DatasetExtentsTest() {
    testing::answer_with_two_teams(fetcher_);
    lock_.try_lock("daemon", clock_.wall());
  }
  ~DatasetExtentsTest() override { executor_.drain(); }

  static ServiceOptions options() {
    ServiceOptions options;
    options.season = "2025-26";
    return options;
  }
  void game(const std::string& id, const std::string& season, const std::string& date) {
    testing::execute(place_.name(), "INSERT INTO games (id, season, game_date, status) VALUES ('" +
                                        id + "', '" + season + "', '" + date + "', 'final')");
  }
  protocol::DatasetState state(const std::string& name) {
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
  DatasetExtents extents_{parts_.readers, service_};
};

TEST_F(DatasetExtentsTest, RowsOfTheSeasonAndTheirNewestDay) {
  EXPECT_FALSE(state("schedule").rows) << "before it is known";
  game("0022500001", "2025-26", "2026-01-14 00:00:00");
  game("0022500002", "2025-26", "2026-01-13");
  game("0022400001", "2024-25", "2026-02-01");
  game("1022500001", "2025-26", "2026-03-01");  // another league's
  extents_.read();
  executor_.drain();
  EXPECT_EQ(state("schedule").rows, 2);
  EXPECT_EQ(state("schedule").newest, "2026-01-14");
  EXPECT_EQ(state("teams").rows, 0);
  EXPECT_FALSE(state("teams").newest);
}

TEST_F(DatasetExtentsTest, ARunIsFollowedByAnotherLook) {
  extents_.read();
  executor_.drain();
  SyncRequest request;
  request.sync_type = "teams";
  service_.sync(
      request, [](const Admission&) {}, nullptr);
  executor_.drain();
  EXPECT_EQ(state("teams").rows, 2);
}

}  // namespace
}  // namespace nbasync
