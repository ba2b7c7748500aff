#include <gmock/gmock.h>

#include "support/decoding.hpp"
#include "support/rows.hpp"

namespace nbasync::schedule_test {
namespace {

using testing::cell;
using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::kNull;
using testing::text;

std::string game(const std::string& id, const std::string& more,
                 const std::string& home = R"("teamId":1610612738,"score":0)",
                 const std::string& away = R"("teamId":1610612752,"score":0)") {
  return R"({"gameId":")" + id +
         R"(","gameTimeUTC":"1900-01-01T23:30:00Z",)"
         R"("gameDateTimeUTC":"2025-10-22T23:30:00Z","gameDateTimeEst":"2025-10-22T19:30:00Z",)" +
         more + R"(,"homeTeam":{)" + home + R"(},"awayTeam":{)" + away + "}}";
}

std::string schedule(const std::string& games, const std::string& season = "2025-26",
                     const std::string& date = "10/22/2025 00:00:00") {
  return R"({"meta":{},"leagueSchedule":{"seasonYear":")" + season +
         R"(","gameDates":[{"gameDate":")" + date + R"(","games":[)" + games +
         R"(]}],"weeks":[]}})";
}

Decoded decode(const std::string& body) { return testing::decode_bodies(kSchedule, {body}); }

Rows rows_of(const std::string& games) { return decode(schedule(games)).changes.at(0).rows; }

std::string fault(const std::string& body) {
  const Error error = error_of([&] { decode(body); });
  EXPECT_EQ(error.code(), Errc::kUpstreamMalformed);
  return error.what();
}

constexpr const char* kScheduled = R"("gameStatus":1,"gameStatusText":"7:30 pm ET   ")";

TEST(ScheduleTest, AScheduledGameHasTimeAndTeamsButNoScore) {
  const Decoded decoded = decode(schedule(game("0022500001", kScheduled)));
  ASSERT_EQ(testing::rows_for(decoded, "todays_games").size(), 0U);
  EXPECT_EQ(decoded.changes[0].scope.name, "games 2025-26");
  const Rows& rows = decoded.changes[0].rows;
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(cell(rows, 0, "id"), text("0022500001"));
  EXPECT_EQ(cell(rows, 0, "season"), text("2025-26"));
  EXPECT_EQ(cell(rows, 0, "game_date"), text("2025-10-22"));
  EXPECT_EQ(cell(rows, 0, "game_time_utc"), text("2025-10-22T23:30:00Z"));
  EXPECT_EQ(cell(rows, 0, "home_team_id"), integer(1610612738));
  EXPECT_EQ(cell(rows, 0, "away_team_id"), integer(1610612752));
  EXPECT_EQ(cell(rows, 0, "home_score"), kNull);
  EXPECT_EQ(cell(rows, 0, "actual_total_points"), kNull);
  EXPECT_EQ(cell(rows, 0, "status"), text("scheduled"));
  EXPECT_EQ(cell(rows, 0, "game_type"), text("Regular Season"));
  EXPECT_EQ(cell(rows, 0, "is_neutral"), kNull);
  EXPECT_EQ(cell(rows, 0, "label"), kNull);
  EXPECT_EQ(cell(rows, 0, "arena"), kNull);
}

TEST(ScheduleTest, AFinalGameHasScoresAndTheirSum) {
  const Rows rows = rows_of(game("0022500001", R"("gameStatus":3,"gameStatusText":"Final")",
                                 R"("teamId":1,"score":112)", R"("teamId":2,"score":"99")"));
  EXPECT_EQ(cell(rows, 0, "status"), text("final"));
  EXPECT_EQ(cell(rows, 0, "home_score"), integer(112));
  EXPECT_EQ(cell(rows, 0, "away_score"), integer(99));
  EXPECT_EQ(cell(rows, 0, "actual_total_points"), integer(211));
}

TEST(ScheduleTest, AScoreThatIsNotKnownLeavesNoSum) {
  const Rows rows = rows_of(game("0022500001", R"("gameStatus":2,"gameStatusText":"Q2 07:15")",
                                 R"("teamId":1,"score":12)", R"("teamId":2,"score":null)"));
  EXPECT_EQ(cell(rows, 0, "status"), text("live"));
  EXPECT_EQ(cell(rows, 0, "home_score"), integer(12));
  EXPECT_EQ(cell(rows, 0, "actual_total_points"), kNull);
}

TEST(ScheduleTest, APostponedGameIsToldByItsTextAlone) {
  const Rows rows = rows_of(game("0022500001", R"("gameStatus":1,"gameStatusText":" PPD ")"));
  EXPECT_EQ(cell(rows, 0, "status"), text("postponed"));
}

TEST(ScheduleTest, AnUndecidedTeamAndTimeAreNull) {
  const Rows rows = rows_of(game("0042500101", R"("gameStatus":1,"gameStatusText":"TBD")",
                                 R"("teamId":0,"score":0,"teamName":"")", R"("teamId":2)"));
  EXPECT_EQ(cell(rows, 0, "home_team_id"), kNull);
  EXPECT_EQ(cell(rows, 0, "game_time_utc"), kNull);
  EXPECT_EQ(cell(rows, 0, "game_type"), text("Playoffs"));
}

TEST(ScheduleTest, LabelsAreJoined) {
  const auto label = [](const std::string& main, const std::string& sub) {
    const Rows rows = rows_of(game("0022500001", std::string(kScheduled) + R"(,"gameLabel":")" +
                                                     main + R"(","gameSubLabel":")" + sub + '"'));
    return cell(rows, 0, "label");
  };
  EXPECT_EQ(label("Emirates NBA Cup", "East Group C"), text("Emirates NBA Cup - East Group C"));
  EXPECT_EQ(label("All-Star Game", ""), text("All-Star Game"));
  EXPECT_EQ(label("", "Semifinal"), text("Semifinal"));
  EXPECT_EQ(label("", ""), kNull);
}

TEST(ScheduleTest, NeutralFlagsComeAsBooleansOrWords) {
  const auto neutral = [](const std::string& flag) {
    const Rows rows =
        rows_of(game("0022500001", std::string(kScheduled) + R"(,"isNeutral":)" + flag));
    return cell(rows, 0, "is_neutral");
  };
  EXPECT_EQ(neutral("true"), integer(1));
  EXPECT_EQ(neutral("false"), integer(0));
  EXPECT_EQ(neutral("\"false\""), integer(0));
  EXPECT_EQ(neutral("null"), kNull);
}

TEST(ScheduleTest, GamesOfOtherLeaguesAreDroppedButForeignTeamsStay) {
  const Rows rows = rows_of(game("1522500001", kScheduled) + "," +
                            game("0012500002", kScheduled, R"("teamId":15016)"));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(cell(rows, 0, "home_team_id"), integer(15016));
  EXPECT_EQ(cell(rows, 0, "game_type"), text("Pre Season"));
}

std::vector<Request> asked_besides(const std::vector<Fetched>& answers, const SeasonFacts& facts) {
  JsonDecoder json;
  return kSchedule.more_requests(json, answers, facts);
}

TEST(ScheduleTest, WhatTheCdnDoesNotPublishComesFromTheStatsHost) {
  const auto facts = testing::new_season();
  const auto next = schedule(game("0022600001", kScheduled), "2026-27");
  auto answers = testing::answers_to(kSchedule, facts, {next});
  const auto more = asked_besides(answers, facts);
  ASSERT_EQ(more.size(), 1U);
  EXPECT_EQ(more[0].key(), "scheduleleaguev2?LeagueID=00&Season=2025-26");
  answers.push_back({more[0], schedule(game("0022500001", kScheduled))});
  JsonDecoder json;
  const Decoded decoded = kSchedule.decode(json, answers, facts);
  EXPECT_EQ(decoded.note, "the CDN publishes 2026-27; taken from the stats host");
  EXPECT_EQ(decoded.changes[0].rows.size(), 1U);
  EXPECT_FALSE(decoded.changes[0].complete) << "it never removes";

  const auto own =
      testing::answers_to(kSchedule, facts, {schedule(game("0022500001", kScheduled))});
  EXPECT_TRUE(asked_besides(own, facts).empty());
}

TEST(ScheduleTest, ACdnThatRefusesIsDoneWithout) {
  const auto facts = testing::new_season();
  ASSERT_TRUE(kSchedule.requests(facts).front().may_fail);
  std::vector<Fetched> answers = {
      {kSchedule.requests(facts).front(), {}, Error(Errc::kUpstreamBlocked, "the CDN refuses us")}};
  answers.push_back(
      {asked_besides(answers, facts).at(0), schedule(game("0022500001", kScheduled))});
  JsonDecoder json;
  const Decoded decoded = kSchedule.decode(json, answers, facts);
  EXPECT_EQ(decoded.note, "the CDN refuses us; taken from the stats host");
  EXPECT_EQ(decoded.changes[0].rows.size(), 1U);
}

TEST(ScheduleTest, AnotherSeasonIsAskedOfTheStatsHostAtOnce) {
  auto facts = testing::new_season("2007-08");
  facts.in_force = false;
  const auto requests = kSchedule.requests(facts);
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].key(), "scheduleleaguev2?LeagueID=00&Season=2007-08");
  EXPECT_FALSE(requests[0].may_fail);
  facts.season = "1987-88";
  EXPECT_TRUE(kSchedule.requests(facts)[0].may_fail) << "it may have none so old";
}

TEST(ScheduleTest, OneOddGameCostsThatGameAlone) {
  const auto good = game("0022500001", kScheduled);
  const auto odd = game("0022500002", R"("gameStatus":9,"gameStatusText":"?")");
  const Decoded decoded = decode(schedule(good + "," + odd));
  EXPECT_EQ(decoded.changes[0].rows.size(), 1U);
  ASSERT_EQ(decoded.changes[0].spared.size(), 1U);
  EXPECT_EQ(decoded.changes[0].spared[0], std::vector<Value>{text("0022500002")});
  EXPECT_THAT(decoded.note, HasSubstr("game 0022500002: gameStatus"));
}

TEST(ScheduleTest, AGameThatIsListedTwiceStandsOnTheDayThatHolds) {
  const std::string body = R"({"leagueSchedule":{"seasonYear":"2025-26","gameDates":[)"
                           R"({"gameDate":"10/22/2025 00:00:00","games":[)" +
                           game("0022500001", R"("gameStatus":1,"gameStatusText":"PPD")") +
                           R"(]},{"gameDate":"11/30/2025 00:00:00","games":[)" +
                           game("0022500001", kScheduled) +
                           R"(]},{"gameDate":"12/01/2025 00:00:00","games":[)" +
                           game("0022500001", R"("gameStatus":1,"gameStatusText":"PPD")") + "]}]}}";
  const Rows rows = decode(body).changes[0].rows;
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(cell(rows, 0, "game_date"), text("2025-11-30"));
  EXPECT_EQ(cell(rows, 0, "status"), text("scheduled"));
}

TEST(ScheduleTest, WhatHasNotBegunMayGo) {
  const auto guard = decode(schedule(game("0022500001", kScheduled))).changes[0].guard;
  ASSERT_TRUE(guard && guard->may_go);
  auto facts = testing::new_season();
  const auto may_go = [&](const char* status) {
    facts.games["0022500009"] = testing::stored_game(status, 1, 2);
    const Value key[] = {text("0022500009")};
    return guard->may_go(facts, key);
  };
  for (const auto* status : {"scheduled", "postponed", "cancelled", "suspended"}) {
    EXPECT_TRUE(may_go(status)) << status;
  }
  for (const auto* status : {"final", "live"}) EXPECT_FALSE(may_go(status)) << status;
}

TEST(ScheduleTest, AFinalClosesTheScoreboardsRow) {
  auto facts = testing::new_season();
  facts.board["0022500001"] = {"2025-10-22", 2, "Q3 4:10", 60, 55};
  const auto final = schedule(game("0022500001", R"("gameStatus":3,"gameStatusText":"Final")",
                                   R"("teamId":1,"score":112)", R"("teamId":2,"score":99)"));
  const Rows closed =
      testing::rows_for(testing::decode_bodies(kSchedule, {final}, facts), "todays_games");
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_EQ(cell(closed, 0, "game_status_code"), integer(3));
  EXPECT_EQ(cell(closed, 0, "away_team_score"), integer(99));
}

TEST(ScheduleTest, AnEntryWithoutUsableIdIsMalformed) {
  EXPECT_THAT(fault(schedule(R"({"gameStatus":1})")), HasSubstr("gameId"));
  EXPECT_THAT(fault(schedule(game("", kScheduled))), HasSubstr("gameId"));
  EXPECT_THAT(fault(schedule(game("abc", kScheduled))), HasSubstr("'abc'"));
  EXPECT_THAT(fault(schedule("7")), HasSubstr("not an object"));
}

TEST(ScheduleTest, WhatIsMissingIsNamed) {
  EXPECT_THAT(fault("{}"), HasSubstr("leagueSchedule is missing"));
  EXPECT_THAT(fault(R"({"leagueSchedule":{}})"), HasSubstr("seasonYear is missing"));
  EXPECT_THAT(fault(R"({"leagueSchedule":{"seasonYear":"2025-26"}})"),
              HasSubstr("gameDates is missing"));
  EXPECT_THAT(fault(schedule("", "2025-26", "2025-10-22")), HasSubstr("gameDate"));
  EXPECT_THAT(fault(schedule(game("0022500001", R"("gameStatus":9)"))),
              HasSubstr("scheduleLeagueV2 game 0022500001: gameStatus"));
  EXPECT_THAT(fault(schedule(game("0022500001", R"("gameStatus":true)"))),
              HasSubstr("gameStatus is not a whole number"));
}

TEST(ScheduleTest, AScoreThatIsTooLargeIsNamed) {
  EXPECT_THAT(fault(schedule(game("0022500001", R"("gameStatus":3)",
                                  R"("teamId":1,"score":4611686018427387904)",
                                  R"("teamId":2,"score":4611686018427387904)"))),
              HasSubstr("score is too large"));
}

}  // namespace
}  // namespace nbasync::schedule_test
