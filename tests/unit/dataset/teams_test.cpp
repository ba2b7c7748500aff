#include <gmock/gmock.h>

#include "dataset/team_states.hpp"
#include "support/decoding.hpp"
#include "support/rows.hpp"
#include "support/upstream_json.hpp"

namespace nbasync::teams_test {
namespace {

using testing::cell;
using testing::integer;
using testing::JsonRow;
using testing::kNull;
using testing::stats_answer;
using testing::text;

Decoded decode(const std::vector<JsonRow>& years, const std::vector<JsonRow>& standings) {
  const std::vector<std::string> bodies = {
      stats_answer("TeamYears", {"LEAGUE_ID", "TEAM_ID", "MIN_YEAR", "MAX_YEAR", "ABBREVIATION"},
                   years),
      stats_answer("Standings", {"TeamID", "TeamCity", "TeamName", "Conference", "Division"},
                   standings)};
  return testing::decode_bodies(kTeams, bodies);
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
  ASSERT_EQ(decoded.changes.size(), 2U);
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
  EXPECT_EQ(decoded.changes[0].scope.name, "nba_teams");
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

const std::vector<JsonRow> kTwoTeams = {
    {{"TeamID", "1610612760"}, {"TeamCity", "\"Seattle\""}, {"TeamName", "\"SuperSonics\""}},
    {{"TeamID", "1610612761"}, {"TeamCity", "\"Toronto\""}, {"TeamName", "\"Raptors\""}}};

Decoded decode_for(const SeasonFacts& facts, const std::vector<JsonRow>& standings) {
  return testing::decode_bodies(
      kTeams,
      {testing::stats_answer(
           "TeamYears", {"TEAM_ID", "MIN_YEAR", "ABBREVIATION"},
           {{{"TEAM_ID", "1610612760"}, {"MIN_YEAR", "\"1967\""}, {"ABBREVIATION", "\"OKC\""}}}),
       testing::stats_answer(
           "Standings",
           {"TeamID", "TeamCity", "TeamName", "Conference", "Division", "WINS", "HOME"},
           standings)},
      facts);
}

TEST(TeamsTest, AnOldSeasonHasItsNamesAndTouchesNoTeamOfToday) {
  auto facts = testing::new_season("2007-08");
  facts.in_force = false;
  facts.newest_season = "2025-26";
  facts.abbreviations = {{1610612760, "SEA"}};
  auto rows = kTwoTeams;
  rows[0]["WINS"] = "20";
  rows[0]["HOME"] = "\"13-28 \"";
  const auto decoded = decode_for(facts, rows);
  EXPECT_EQ(testing::rows_for(decoded, "nba_teams").size(), 0U);
  const Rows standings = testing::rows_for(decoded, "standings");
  ASSERT_EQ(standings.size(), 2U);
  EXPECT_EQ(testing::cell(standings, 0, "city"), testing::text("Seattle"));
  EXPECT_EQ(testing::cell(standings, 0, "team_abbreviation"), testing::text("SEA"));
  EXPECT_EQ(testing::cell(standings, 0, "wins"), testing::integer(20));
  EXPECT_EQ(testing::cell(standings, 0, "home_record"), testing::text("13-28")) << "trimmed";
  EXPECT_EQ(testing::cell(standings, 1, "team_abbreviation"), testing::kNull);
}

TEST(TeamsTest, TheNewestSeasonIsTheTeamsOfToday) {
  auto facts = testing::new_season("2025-26");
  facts.newest_season = "2024-25";
  const auto decoded = decode_for(facts, kTwoTeams);
  EXPECT_EQ(testing::rows_for(decoded, "nba_teams").size(), 2U);
  EXPECT_EQ(testing::cell(testing::rows_for(decoded, "standings"), 0, "team_abbreviation"),
            testing::text("OKC"));
  facts.season = "2026-27";
  EXPECT_EQ(testing::rows_for(decode_for(facts, {}), "nba_teams").size(), 0U)
      << "next season's empty answer in May";
}

// A team is never missing; one that an older season left behind is none of this one's.
TEST(TeamsTest, NoneMayBeMissing) {
  auto facts = testing::new_season("2025-26");
  facts.teams_of_season = {1};
  const auto decoded = decode_for(facts, kTwoTeams);
  ASSERT_EQ(decoded.changes.size(), 2U);
  for (const auto& change : decoded.changes) {
    ASSERT_TRUE(change.guard) << change.table->name;
    EXPECT_TRUE(change.guard->each);
  }
  EXPECT_EQ(decoded.changes[1].scope.name, "standings 2025-26");
  EXPECT_FALSE(decoded.changes[1].guard->may_go);
  const auto may_go = [&](std::int64_t team) {
    const Value key[] = {testing::integer(team)};
    return decoded.changes[0].guard->may_go(facts, key);
  };
  EXPECT_FALSE(may_go(1));
  EXPECT_TRUE(may_go(2));
}

}  // namespace
}  // namespace nbasync::teams_test
