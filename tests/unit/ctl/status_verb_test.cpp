#include <gmock/gmock.h>

#include <algorithm>

#include "verb_fixture.hpp"

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

json dataset(const char* name, const json& last, bool stale) {
  return {{"name", name},
          {"last_success", last},
          {"age_seconds", 90000},
          {"stale_after_seconds", 86400},
          {"stale", stale}};
}

json a_status(bool stale) {
  return {{"version", "0.1.0"},
          {"datasets",
           {dataset("teams", "2026-01-15T11:00:00Z", false),
            dataset("game_logs", "2026-01-13T12:00:00Z", stale)}}};
}

class StatusVerbTest : public VerbTest {};

TEST_F(StatusVerbTest, CheckIsNineWithALineForEachStaleDataset) {
  client.statuses = {a_status(true)};
  client.statuses.front()["datasets"].push_back(dataset("todays_games", nullptr, true));
  EXPECT_EQ(run({"status", "--check"}), 9);
  EXPECT_EQ(out.str(),
            "game_logs is stale: last success 2 d ago, 2026-01-13 12:00:00 UTC; it may be "
            "1 d 00 h old\n"
            "todays_games is stale: no success yet; it may be 1 d 00 h old\n");
}

TEST_F(StatusVerbTest, CheckIsNothingToWorryAboutWhenAllIsFresh) {
  client.statuses = {a_status(false)};
  EXPECT_EQ(run({"status", "--check"}), 0);
  EXPECT_EQ(out.str(), "all data is fresh\n");
}

TEST_F(StatusVerbTest, QuietCheckOnlyHasAnExitCode) {
  client.statuses = {a_status(true)};
  EXPECT_EQ(run({"status", "--check", "-q"}), 9);
  EXPECT_THAT(out.str(), IsEmpty());
}

TEST_F(StatusVerbTest, CheckAsJsonHasTheStaleDatasets) {
  client.statuses = {a_status(true)};
  EXPECT_EQ(run({"status", "--check", "--json"}), 9);
  EXPECT_EQ(
      json::parse(out.str()),
      (json{{"fresh", false}, {"stale", {dataset("game_logs", "2026-01-13T12:00:00Z", true)}}}));
}

TEST_F(StatusVerbTest, CheckAndWatchExcludeEachOther) {
  EXPECT_THROW(run({"status", "--check", "--watch"}), Error);
}

TEST_F(StatusVerbTest, WatchOnATerminalDrawsAtEachEventAndTick) {
  out_terminal = {.is_terminal = true, .colour = false, .width = 80, .height = 24};
  client.statuses = {a_status(false)};
  client.events = {{"started", {{"run_id", "r"}}}};
  client.ticks = 2;
  EXPECT_EQ(run({"status", "--watch"}), 130);
  EXPECT_THAT(client.calls,
              ElementsAre("listen", "status", "follow ", "status", "status", "status"));
  EXPECT_TRUE(out.str().starts_with("\x1b[?1049h")) << "the other screen";
  EXPECT_TRUE(out.str().ends_with("\x1b[?1049l")) << "and back";
}

TEST_F(StatusVerbTest, WatchOnASmallTerminalNeverScrollsIt) {
  out_terminal = {.is_terminal = true, .colour = false, .width = 80, .height = 3};
  client.statuses = {a_status(false)};
  client.ticks = 0;
  run({"status", "--watch"});
  EXPECT_EQ(std::ranges::count(out.str(), '\n'), 2);
}

TEST_F(StatusVerbTest, WatchElsewherePrintsAgainOnlyOnChange) {
  client.statuses = {a_status(false), a_status(false), a_status(true)};
  client.statuses[1]["datasets"][0]["age_seconds"] = 90001;
  client.ticks = 5;
  EXPECT_EQ(run({"status", "--watch"}), 130);
  EXPECT_EQ(client.calls.size(), 8U);
  EXPECT_THAT(out.str(), Not(HasSubstr("\x1b")));
  const auto first = out.str().find("● nbasyncd");
  const auto second = out.str().find("\n\n● nbasyncd", first);
  ASSERT_NE(second, std::string::npos);
  EXPECT_EQ(out.str().find("● nbasyncd", second + 10), std::string::npos);
}

TEST_F(StatusVerbTest, WatchAsJsonIsALineForEachChange) {
  out_terminal.is_terminal = true;
  client.statuses = {a_status(false), a_status(true)};
  run({"status", "--watch", "--json"});
  EXPECT_EQ(out.str(), a_status(false).dump() + "\n" + a_status(true).dump() + "\n");
}

TEST_F(StatusVerbTest, WatchLeavesTheOtherScreenWhenTheDaemonGoes) {
  out_terminal = {.is_terminal = true, .colour = false, .width = 80, .height = 24};
  client.follow_error = Error(Errc::kDaemonUnreachable, "gone");
  EXPECT_THROW(run({"status", "--watch"}), Error);
  EXPECT_TRUE(out.str().ends_with("\x1b[?1049l"));
}

}  // namespace
}  // namespace nbasync::testing
