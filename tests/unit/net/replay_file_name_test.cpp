#include "net/replay_file_name.hpp"

#include <gtest/gtest.h>

namespace nbasync {
namespace {

std::string name_of(std::string path, std::vector<std::pair<std::string, std::string>> query) {
  return replay_file_name({Host::kStats, std::move(path), std::move(query)});
}

TEST(ReplayFileNameTest, NamesTheEndpointAlone) {
  EXPECT_EQ(name_of("commonteamyears", {{"LeagueID", "00"}}), "commonteamyears.json");
}

TEST(ReplayFileNameTest, LeavesOutFoldersAndTheEndingOfThePath) {
  EXPECT_EQ(name_of("staticData/scheduleLeagueV2.json", {}), "scheduleLeagueV2.json");
  EXPECT_EQ(name_of("liveData/scoreboard/todaysScoreboard_00.json", {}),
            "todaysScoreboard_00.json");
}

TEST(ReplayFileNameTest, TakesTheTellingParametersInItsOwnOrder) {
  EXPECT_EQ(name_of("leaguedashteamstats",
                    {{"Location", "Home"}, {"MeasureType", "Base"}, {"Season", "2025-26"}}),
            "leaguedashteamstats_2025-26_Base_Home.json");
  EXPECT_EQ(name_of("scoreboardv3", {{"GameDate", "2026-01-15"}, {"LeagueID", "00"}}),
            "scoreboardv3_2026-01-15.json");
}

TEST(ReplayFileNameTest, LeavesOutEmptyValuesAndOtherParameters) {
  EXPECT_EQ(name_of("teamgamelogs", {{"Location", ""},
                                     {"MeasureType", "Advanced"},
                                     {"Season", "2025-26"},
                                     {"SeasonType", "Regular Season"}}),
            "teamgamelogs_2025-26_Advanced.json");
}

TEST(ReplayFileNameTest, NeverLeavesItsDirectory) {
  EXPECT_EQ(name_of("teamgamelogs", {{"Season", "../../etc/passwd"}}),
            "teamgamelogs_..-..-etc-passwd.json");
}

}  // namespace
}  // namespace nbasync
