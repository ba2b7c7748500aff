#include "store/whole_season.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "store/run_log.hpp"
#include "unit/store/store_fixture.hpp"

namespace nbasync {
namespace {

class WholeSeasonTest : public testing::StoreFixture {
 protected:
  bool whole(const std::vector<std::string>& datasets = {"teams", "schedule"}) {
    return is_whole(*testing::TestDatabase(path_).connect_reader(), "2019-20", datasets, {});
  }
  void success(const std::string& id, const std::string& type, const std::string& at,
               const std::string& season = "2019-20") {
    RunRecord run;
    run.run_id = id;
    run.sync_type = type;
    run.season = season;
    run.status = RunStatus::kSuccess;
    run.started_at = run.completed_at = parse_utc(at);
    const auto connection = testing::TestDatabase(path_).connect_writer();
    connection->transaction([&] { run_log::write(*connection, run, {}); }, {});
  }
  void final(const std::string& id, const std::string& date) {
    tell("INSERT INTO games (id, season, game_date, status) VALUES ('" + id + "', '2019-20', '" +
         date + "', 'final')");
  }

  testing::OpenStore store_{path_};
};

TEST_F(WholeSeasonTest, EachTypeHasASuccessSinceTheMorningAfterTheLastFinal) {
  success("a", "teams", "2026-01-15T12:00:00Z");
  success("b", "schedule", "2026-01-15T12:00:00Z");
  EXPECT_FALSE(whole()) << "no final is stored";
  final("0041900406", "2020-10-11T00:00:00");  // a predecessor's date
  EXPECT_TRUE(whole());
  EXPECT_FALSE(whole({"teams", "schedule", "game_logs"}));
  final("0041900407", "2026-01-15");
  EXPECT_FALSE(whole()) << "it was played afterwards";
  success("c", "teams", "2026-01-16T08:59:59Z");
  success("d", "schedule", "2026-01-16T09:00:00Z");
  EXPECT_FALSE(whole());
  success("e", "teams", "2026-01-16T09:00:00Z");
  EXPECT_TRUE(whole());
}

TEST_F(WholeSeasonTest, SuccessesOfOtherSeasonsAndGamesOfOtherLeaguesDoNotCount) {
  final("0021900001", "2019-10-22");
  success("a", "teams", "2026-01-15T12:00:00Z");
  success("b", "schedule", "2026-01-15T12:00:00Z", "2018-19");
  EXPECT_FALSE(whole());
  success("c", "schedule", "2026-01-15T12:00:00Z");
  EXPECT_TRUE(whole());
  final("1521900001", "2026-07-05");
  EXPECT_TRUE(whole());
}

}  // namespace
}  // namespace nbasync
