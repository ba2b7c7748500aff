#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <map>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/format.hpp"
#include "integration/daemon/control_fixture.hpp"
#include "model/season.hpp"
#include "unit/sync/league.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

// A daemon whose upstream has the demo season and, of older ones, a small league that has played a
// few days.
class BackfillTest : public ControlFixture {
 protected:
  BackfillTest() {
    upstream_.answer_otherwise([this](const Request& request) -> std::optional<std::string> {
      const auto league = leagues_.find(std::string(request.parameter("Season")));
      if (league == leagues_.end()) return std::nullopt;
      try {
        return league->second.get(request, {}).body;
      } catch (const Error&) {
        return std::nullopt;
      }
    });
    for (const auto* season : {"2015-16", "2016-17", "2017-18"}) play(season);
  }

  void play(const std::string& season) {
    auto& league = leagues_[season];
    league.season = season;
    const int year = season_start_year(season).value_or(0);
    for (int game = 0; game < 9; ++game) {
      const int home = 1 + game % League::kTeams;
      const int away = 1 + (game + 3) % League::kTeams;
      league.games.push_back({format("002{}{:05}", season.substr(2, 2), game + 1),
                              format("{}-11-{:02}", year, 1 + game), home, away, "final",
                              100 + game, 90 + game % 5});
    }
  }

  // Waits until the backfill is over, looking when the daemon tells of a season.
  void wait_for_the_end() {
    const auto goes_on = [this] { return get("/api/v1/backfill")["backfill"]["open"] == true; };
    for (std::size_t looks = 1; looks < 60 && goes_on(); ++looks) {
      daemon_->wait_for("sync finished", looks, std::chrono::milliseconds(500));
    }
    EXPECT_FALSE(goes_on()) << daemon_->err();
  }
  // "2017-18 2", "2016-17 1", …: full runs of a season that ended so, newest season first.
  std::string runs(const std::string& status) const {
    return query(
        "SELECT season, count(*) FROM data_sync_log WHERE triggered_by = 'backfill' AND "
        "run_id NOT LIKE '%/%' AND status = '" +
        status + "' GROUP BY season ORDER BY season DESC");
  }

  std::map<std::string, League> leagues_;
};

TEST_F(BackfillTest, RunsToItsEndThroughAKill) {
  start_daemon();
  upstream_.set_fault("teamgamelogs_2016-17_Advanced", "hang");
  EXPECT_EQ(client({"backfill", "2015-16..2017-18"}), 0) << err_;
  EXPECT_THAT(out_, HasSubstr("3 seasons will be fetched"));
  await_request("teamgamelogs_2016-17_Advanced");
  EXPECT_EQ(client({"status"}), 0);
  EXPECT_THAT(out_, HasSubstr("Backfill: 2015-16..2017-18: 1 of 3 seasons; 2016-17 now"));
  daemon_->signal(SIGKILL);
  daemon_->wait();

  upstream_.clear_faults();
  start_daemon();
  wait_for_the_end();
  EXPECT_EQ(runs("success"), "2017-18|1\n2016-17|1\n2015-16|1");
  EXPECT_EQ(runs("interrupted"), "2016-17|1");
  EXPECT_EQ(query("SELECT season, count(*) FROM team_game_logs GROUP BY season ORDER BY season"),
            "2015-16|18\n2016-17|18\n2017-18|18");
  const auto backfill = get("/api/v1/backfill")["backfill"];
  for (const auto& season : backfill["seasons"]) {
    EXPECT_EQ(season["state"], "done") << season;
  }
  EXPECT_EQ(get("/api/v1/status")["datasets"][0]["last_success"], nullptr)
      << "old seasons make nothing fresh";

  // All of them are whole now.
  const auto before = upstream_.count();
  EXPECT_EQ(ask("POST", "/api/v1/backfill", R"({"from":"2017-18","to":"2015-16"})").status, 202);
  wait_for_the_end();
  EXPECT_EQ(upstream_.count(), before);
  EXPECT_EQ(client({"backfill"}), 0);
  EXPECT_THAT(out_, HasSubstr("2016-17  whole"));
  daemon_->signal(SIGTERM);
  ASSERT_EQ(daemon_->wait(), 0);
  EXPECT_EQ(query("SELECT season, state FROM nbasync_backfill ORDER BY season"),
            "2015-16|whole\n2016-17|whole\n2017-18|whole");
}

TEST_F(BackfillTest, IsStoppedOverTheBus) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3_2017-18", "hang");
  EXPECT_EQ(client({"backfill", "2015-16..2017-18"}), 0) << err_;
  await_request("leaguestandingsv3_2017-18");
  EXPECT_EQ(client({"backfill", "2015-16..2017-18"}), 4) << "a second one is refused";
  EXPECT_THAT(err_, HasSubstr("a backfill of 2015-16..2017-18 goes on, 0 of 3 seasons"));
  EXPECT_EQ(client({"backfill", "1945-46..1950-51"}), 2);
  EXPECT_THAT(err_, HasSubstr("is no season from 1946-47 to "));
  EXPECT_EQ(client({"backfill", "stop"}), 0) << err_;
  ASSERT_TRUE(daemon_->wait_for("sync finished"));
  EXPECT_EQ(runs("cancelled"), "2017-18|1");
  EXPECT_EQ(runs("success"), "");
}

}  // namespace
}  // namespace nbasync::testing
