#include <gmock/gmock.h>

#include <algorithm>

#include "support/decoding.hpp"
#include "support/rows.hpp"
#include "support/upstream_json.hpp"

namespace nbasync::players_test {
namespace {

using testing::cell;
using testing::decode_bodies;
using testing::integer;
using testing::JsonRow;
using testing::kNull;
using testing::new_season;
using testing::quoted;
using testing::stats_answer;
using testing::text;

const std::vector<std::string> kHeaders = {
    "PERSON_ID",         "PLAYER_LAST_NAME", "PLAYER_FIRST_NAME", "PLAYER_SLUG", "TEAM_ID",
    "TEAM_ABBREVIATION", "JERSEY_NUMBER",    "POSITION",          "HEIGHT",      "WEIGHT",
    "COLLEGE",           "COUNTRY",          "DRAFT_YEAR",        "DRAFT_ROUND", "DRAFT_NUMBER",
    "ROSTER_STATUS",     "FROM_YEAR",        "TO_YEAR",           "PTS"};

JsonRow player(int id, const JsonRow& more = {}) {
  JsonRow row = {{"PERSON_ID", std::to_string(id)},
                 {"PLAYER_FIRST_NAME", quoted("Luka")},
                 {"PLAYER_LAST_NAME", quoted("Banić")},
                 {"TEAM_ID", "7"},
                 {"TEAM_ABBREVIATION", quoted("AAA")},
                 {"JERSEY_NUMBER", quoted("00")},
                 {"ROSTER_STATUS", "1.0"}};
  for (const auto& [header, value] : more) row[header] = value;
  return row;
}

Decoded decode(const std::vector<JsonRow>& rows, const SeasonFacts& facts = new_season()) {
  return decode_bodies(kPlayers, {stats_answer("PlayerIndex", kHeaders, rows)}, facts);
}

// A season after which players 1 to `count` are stored, each with a team.
SeasonFacts with_players(int count, const std::string& newest = "2025-26") {
  auto facts = new_season();
  for (int id = 1; id <= count; ++id) facts.rostered.insert(id);
  facts.newest_players = newest;
  facts.has_players = newest == facts.season;
  return facts;
}

TEST(PlayersTest, ARowSaysWhoHeIs) {
  const auto decoded = decode({player(5, {{"PLAYER_SLUG", quoted("luka-banic")},
                                          {"POSITION", quoted("F-C")},
                                          {"HEIGHT", quoted("6-8")},
                                          {"WEIGHT", quoted("243")},
                                          {"COLLEGE", quoted("     ")},
                                          {"COUNTRY", quoted("Serbia ")},
                                          {"DRAFT_YEAR", "2018"},
                                          {"DRAFT_ROUND", "1"},
                                          {"DRAFT_NUMBER", "3"},
                                          {"FROM_YEAR", quoted("2018")},
                                          {"TO_YEAR", quoted("2025")}})});
  const Rows& rows = decoded.changes[0].rows;
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(cell(rows, 0, "player_id"), integer(5));
  EXPECT_EQ(cell(rows, 0, "full_name"), text("Luka Banić"));
  EXPECT_EQ(cell(rows, 0, "slug"), text("luka-banic"));
  EXPECT_EQ(cell(rows, 0, "team_id"), integer(7));
  EXPECT_EQ(cell(rows, 0, "jersey_number"), text("00"));
  EXPECT_EQ(cell(rows, 0, "height_inches"), integer(80));
  EXPECT_EQ(cell(rows, 0, "weight_pounds"), integer(243));
  EXPECT_EQ(cell(rows, 0, "college"), kNull) << "blanks are nothing";
  EXPECT_EQ(cell(rows, 0, "country"), text("Serbia"));
  EXPECT_EQ(cell(rows, 0, "draft_year"), integer(2018));
  EXPECT_EQ(cell(rows, 0, "draft_number"), integer(3));
  EXPECT_EQ(cell(rows, 0, "roster_status"), integer(1));
  EXPECT_EQ(cell(rows, 0, "from_year"), integer(2018));
  EXPECT_EQ(cell(rows, 0, "season"), text("2025-26"));
}

TEST(PlayersTest, WhoIsWaivedHasTeamZeroThereAndNoneHere) {
  const auto decoded = decode({player(5, {{"TEAM_ID", "0"},
                                          {"TEAM_ABBREVIATION", "null"},
                                          {"JERSEY_NUMBER", quoted("12")},
                                          {"ROSTER_STATUS", "null"}})});
  const Rows& rows = decoded.changes[0].rows;
  EXPECT_EQ(cell(rows, 0, "team_id"), kNull);
  EXPECT_EQ(cell(rows, 0, "jersey_number"), kNull);
  EXPECT_EQ(cell(rows, 0, "roster_status"), integer(0));
}

// What nothing else depends on costs its cell, and not the file.
TEST(PlayersTest, OddDetailsAreNull) {
  for (const auto* height : {"\"tall\"", "\"6\"", "\"6-\"", "\"6-12\"", "\"-1-3\"", "80", "null"}) {
    const auto decoded = decode({player(5, {{"HEIGHT", height},
                                            {"WEIGHT", quoted("")},
                                            {"DRAFT_YEAR", quoted("Undrafted")},
                                            {"FROM_YEAR", quoted("-")}})});
    const Rows& rows = decoded.changes[0].rows;
    EXPECT_EQ(cell(rows, 0, "height_inches"), kNull) << height;
    EXPECT_EQ(cell(rows, 0, "weight_pounds"), kNull);
    EXPECT_EQ(cell(rows, 0, "draft_year"), kNull);
    EXPECT_EQ(cell(rows, 0, "from_year"), kNull);
  }
}

TEST(PlayersTest, WhoHasOneNameHasNoBlankAroundIt) {
  const auto decoded =
      decode({player(5, {{"PLAYER_FIRST_NAME", quoted("")}, {"PLAYER_LAST_NAME", quoted("Nenê")}}),
              player(6, {{"PLAYER_FIRST_NAME", quoted("Yao")}, {"PLAYER_LAST_NAME", "null"}})});
  EXPECT_EQ(cell(decoded.changes[0].rows, 0, "full_name"), text("Nenê"));
  EXPECT_EQ(cell(decoded.changes[0].rows, 1, "full_name"), text("Yao"));
}

TEST(PlayersTest, WhoIsMissingKeepsHisRowWithoutATeam) {
  const auto decoded = decode({player(1), player(2), player(9)}, with_players(3));
  ASSERT_EQ(decoded.changes.size(), 2U);
  EXPECT_FALSE(decoded.changes[0].complete) << "nobody is removed";
  const auto& left = decoded.changes[1];
  EXPECT_FALSE(left.inserts);
  ASSERT_EQ(left.rows.size(), 1U);
  EXPECT_EQ(cell(left.rows, 0, "player_id"), integer(3));
  EXPECT_EQ(cell(left.rows, 0, "team_id"), kNull);
  EXPECT_EQ(cell(left.rows, 0, "jersey_number"), kNull);
  EXPECT_EQ(cell(left.rows, 0, "roster_status"), integer(0));
  ASSERT_TRUE(decoded.changes[0].guard);
  EXPECT_EQ(decoded.changes[0].guard->free, 0.25);
  EXPECT_EQ(decoded.changes[0].guard->lost.size(), 1U);
  EXPECT_EQ(decoded.changes[0].guard->rows, 3U);
}

TEST(PlayersTest, AnOlderSeasonAddsWhoIsNotKnownAndChangesNobody) {
  auto facts = with_players(3, "2026-27");
  const auto decoded = decode({player(1), player(9)}, facts);
  EXPECT_FALSE(decoded.changes[0].updates);
  EXPECT_EQ(cell(decoded.changes[0].rows, 1, "team_id"), kNull)
      << "no team of today has him, or the newest season would say so";
  EXPECT_EQ(cell(decoded.changes[0].rows, 1, "roster_status"), integer(0));
  EXPECT_EQ(decoded.changes[1].rows.size(), 0U) << "nobody is released";
}

// Next season's list is empty in May.
TEST(PlayersTest, ASeasonToComeMayHaveNobodyYet) {
  auto facts = with_players(3, "2024-25");
  const auto decoded = decode({}, facts);
  EXPECT_EQ(decoded.changes[0].guard->rows, 0U);
  EXPECT_EQ(decoded.changes[1].rows.size(), 0U) << "nobody is released";
  EXPECT_EQ(decoded.note, "upstream has no players of 2025-26 yet");
}

TEST(PlayersTest, ASeasonThatIsPlayedHasPlayers) {
  EXPECT_EQ(decode({}, with_players(3)).changes[0].guard->rows, 1U);
  auto facts = new_season();
  facts.games.emplace("0022500001", testing::stored_game("final", 1, 2));
  EXPECT_EQ(decode({}, facts).changes[0].guard->rows, 1U) << "also on a new database";
}

}  // namespace
}  // namespace nbasync::players_test
