#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "integration/daemon/client_fixture.hpp"
#include "support/editions.hpp"
#include "support/feed_replay.hpp"
#include "support/file_text.hpp"
#include "support/raw_connection.hpp"

// The feed of changes, through the real programs: over the socket, on the bus, and as events.

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class ChangesTest : public ClientFixture {
 protected:
  json get(const std::string& target) const {
    return json::parse(RawConnection::to_socket(socket_.string()).ask("GET", target).body);
  }
  std::int64_t newest() const { return get("/api/v1/changes?limit=1")["last_seq"]; }
  // A sync of the other edition: its rows are all updated.
  void sync(const std::string& type, std::size_t edition) {
    editions_.publish(edition);
    ASSERT_EQ(run(kOverSocket, {"sync", type, "-q"}), 0) << err_;
  }

  // Of each line of each game.
  void correct_assists() {
    const std::string name = "teamgamelogs_2025-26_Base";
    const std::string text =
        file_text(std::filesystem::path(NBASYNC_DEMO_SEASON) / (name + ".json"));
    upstream_.set_body(name, set_cells(text, "AST", "7"));
  }

  Editions editions_{upstream_, NBASYNC_DEMO_SEASON};
};

TEST_F(ChangesTest, AFullSyncIsFollowedByTheFeedAloneAndTheSameAgainTellsNothing) {
  start_daemon();
  FeedReplay copy(place_.name());
  sync("full", 0);
  EXPECT_EQ(copy.catch_up(), "");
  EXPECT_EQ(query("SELECT count(*) FROM nbasync_changes WHERE is_correction = 1"), "0")
      << "first words are no corrections";
  const auto loaded = newest();
  sync("full", 0);
  EXPECT_EQ(newest(), loaded);
  sync("full", 1);
  EXPECT_EQ(copy.catch_up(), "");
  correct_assists();
  ASSERT_EQ(run(kOverSocket, {"sync", "game_logs", "-q"}), 0) << err_;
  EXPECT_GT(newest(), loaded + 30);
  EXPECT_EQ(copy.catch_up(), "");
  EXPECT_EQ(copy.last(), newest());
  const auto corrections = get("/api/v1/changes?corrections=true&table=team_game_logs");
  ASSERT_GT(corrections["count"], 100);
  EXPECT_EQ(corrections["changes"][0]["after"]["assists"], 7);
  EXPECT_EQ(run(kOverSocket, {"sync", "full", "--dry-run", "-q"}), 0);
  EXPECT_EQ(copy.last(), newest()) << "a dry run";
}

TEST_F(ChangesTest, BothWaysTellTheSame) {
  start_daemon();
  sync("teams", 0);
  sync("teams", 1);
  const auto all = query("SELECT count(*) FROM nbasync_changes");
  for (const auto* way : {kOverSocket, kOverBus}) {
    ASSERT_EQ(run(way, {"changes", "--since", "0", "-q"}), 0) << err_;
    EXPECT_EQ(std::to_string(std::ranges::count(out_, '\n')), all) << way;
    ASSERT_EQ(run(way, {"changes", "-n", "2", "--table", "nba_teams", "--json"}), 0) << err_;
    const auto line = json::parse(out_.substr(0, out_.find('\n')));
    EXPECT_EQ(line["change"], "update") << way;
    EXPECT_EQ(line["after"]["city"], "Town") << way;
    ASSERT_EQ(run(way, {"changes"}), 0) << err_;
    EXPECT_THAT(out_, HasSubstr("-> Town")) << way;
    EXPECT_EQ(run(way, {"changes", "--table", "nba_team"}), 2) << way;
    EXPECT_THAT(err_, HasSubstr("nba_teams")) << way;
    EXPECT_EQ(run(way, {"changes", "--since", "1000000"}), 5) << way;
    EXPECT_THAT(err_, HasSubstr("another one")) << way;
  }
}

class EachWayOfChanges : public EachWay {
 protected:
  Editions editions_{upstream_, NBASYNC_DEMO_SEASON};
};

TEST_P(EachWayOfChanges, WhoFollowsIsToldWhatComes) {
  start_daemon();
  ASSERT_EQ(run({"sync", "teams", "-q"}), 0) << err_;
  auto follower = spawn({"changes", "--follow", "--json", "--since",
                         query("SELECT max(seq) - 1 FROM nbasync_changes")});
  ASSERT_TRUE(follower->wait_for("\"insert\"")) << follower->err();
  editions_.publish(1);
  ASSERT_EQ(run({"sync", "teams", "-q"}), 0) << err_;
  const auto last = query("SELECT max(seq) FROM nbasync_changes");
  ASSERT_TRUE(follower->wait_for("\"seq\":" + last + ",")) << follower->err();
  EXPECT_THAT(follower->out(), HasSubstr("\"city\":\"Town\""));
  follower->signal(SIGINT);
  EXPECT_EQ(follower->wait(), 130);
}

INSTANTIATE_TEST_SUITE_P(, EachWayOfChanges, ::testing::Values(kOverSocket, kOverBus),
                         [](const auto& each) { return std::string(each.param); });

TEST_F(ChangesTest, TheEventTellsTheRangeOnceItCanBeRead) {
  start_daemon();
  auto listener = RawConnection::to_socket(socket_.string());
  ASSERT_TRUE(listener.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n"));
  listener.read_until("retry:");
  sync("teams", 0);
  const auto text = listener.read_until("event: finished");
  const auto told = text.substr(text.find("event: changes"));
  const auto event = json::parse(told.substr(told.find('{'), told.find('}') - told.find('{') + 1));
  const auto teams = query("SELECT count(*) FROM nba_teams");
  EXPECT_EQ(event["table"], "nba_teams");
  EXPECT_EQ(event["first_seq"], 1);
  EXPECT_EQ(event["last_seq"], std::stoi(teams));
  EXPECT_EQ(event["inserted"], std::stoi(teams));
  EXPECT_EQ(event["updated"], 0);
  EXPECT_EQ(event["run_id"], query("SELECT run_id FROM data_sync_log ORDER BY id DESC LIMIT 1"));
}

// Bounds in the configuration; the newest stays.
TEST_F(ChangesTest, OldOnesGoAfterARunAndWhoComesLateIsToldSo) {
  configure("changes: {rows: 1000}\n");
  start_daemon();
  sync("full", 0);
  sync("full", 1);
  sync("teams", 0);
  daemon_->signal(SIGTERM);
  ASSERT_EQ(daemon_->wait(), 0) << daemon_->err();
  EXPECT_LE(std::stoi(query("SELECT count(*) FROM nbasync_changes")), 1'000);
  start_daemon();
  EXPECT_EQ(run(kOverSocket, {"changes", "--since", "1"}), 5);
  EXPECT_THAT(err_, HasSubstr("kept no longer"));
  EXPECT_EQ(run(kOverBus, {"changes", "--since", "1"}), 5);
  EXPECT_THAT(err_, HasSubstr("kept no longer"));
}

}  // namespace
}  // namespace nbasync::testing
