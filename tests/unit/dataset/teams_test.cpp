#include <gmock/gmock.h>

#include "dataset/catalog.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/team_states.hpp"
#include "support/rows.hpp"
#include "support/upstream_json.hpp"

namespace nbasync {
namespace {

using testing::cell;
using testing::integer;
using testing::JsonRow;
using testing::kNull;
using testing::stats_answer;
using testing::text;

Decoded decode(const std::vector<JsonRow>& years, const std::vector<JsonRow>& standings) {
  JsonDecoder json;
  const std::vector<std::string> bodies = {
      stats_answer("TeamYears", {"LEAGUE_ID", "TEAM_ID", "MIN_YEAR", "MAX_YEAR", "ABBREVIATION"},
                   years),
      stats_answer("Standings", {"TeamID", "TeamCity", "TeamName", "Conference", "Division"},
                   standings)};
  return kTeams.decode(json, bodies, {"2025-26", {}});
}

const JsonRow kToronto = {{"TeamID", "1610612761"},
                          {"TeamCity", "\"Toronto\""},
                          {"TeamName", "\"Raptors\""},
                          {"Conference", "\"East\""},
                          {"Division", "\"Atlantic\""}};

TEST(TeamsTest, StandingsSayWhoPlaysAndTheListOfFranchisesSinceWhen) {
  const Decoded decoded =
      decode({{{"TEAM_ID", "1610610023"}, {"MIN_YEAR", "\"1949\""}},
              {{"TEAM_ID", "1610612761"}, {"MIN_YEAR", "\"1995\""}, {"ABBREVIATION", "\"TOR\""}}},
             {kToronto});
  ASSERT_EQ(decoded.changes.size(), 1U);
  const Rows& rows = decoded.changes[0].rows;
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(cell(rows, 0, "team_id"), integer(1610612761));
  EXPECT_EQ(cell(rows, 0, "team_abbreviation"), text("TOR"));
  EXPECT_EQ(cell(rows, 0, "full_name"), text("Toronto Raptors"));
  EXPECT_EQ(cell(rows, 0, "city"), text("Toronto"));
  EXPECT_EQ(cell(rows, 0, "state"), text("Ontario"));
  EXPECT_EQ(cell(rows, 0, "year_founded"), integer(1995));
  EXPECT_EQ(cell(rows, 0, "conference"), text("East"));
  EXPECT_EQ(cell(rows, 0, "division"), text("Atlantic"));
  EXPECT_EQ(cell(rows, 0, "season"), text("2025-26"));
  EXPECT_EQ(decoded.changes[0].scope, "2025-26");
  EXPECT_TRUE(decoded.changes[0].complete);
}

TEST(TeamsTest, ATeamThatIsNoFranchiseOfTheListHasNoYear) {
  JsonRow stranger = kToronto;
  stranger["TeamID"] = "77";
  const Rows rows = decode({}, {stranger}).changes[0].rows;
  EXPECT_EQ(cell(rows, 0, "team_abbreviation"), kNull);
  EXPECT_EQ(cell(rows, 0, "year_founded"), kNull);
  EXPECT_EQ(cell(rows, 0, "state"), kNull);
}

TEST(TeamsTest, TheSameTeamTwiceIsMalformed) {
  EXPECT_THROW(decode({}, {kToronto, kToronto}), Error);
}

TEST(TeamsTest, StatesAreKnownForTheThirtyTeamsOnly) {
  EXPECT_EQ(state_of_team(1610612737), "Georgia");
  EXPECT_EQ(state_of_team(1610612764), "District of Columbia");
  EXPECT_EQ(state_of_team(1610612766), "North Carolina");
  EXPECT_EQ(state_of_team(1610612767), "");
  EXPECT_EQ(state_of_team(1610612736), "");
}

}  // namespace
}  // namespace nbasync
