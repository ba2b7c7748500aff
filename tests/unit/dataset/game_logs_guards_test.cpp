#include <gmock/gmock.h>

#include <algorithm>

#include "unit/dataset/game_logs_answers.hpp"

// What the guards are told of lines of games, and what of two answers is believed.
namespace nbasync::game_logs_guards_test {
namespace {

using Answers = testing::GameLogAnswers;
using testing::cell;
using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::JsonRow;
using testing::kOneGame;
using testing::Line;
using testing::new_season;
using testing::stored_game;
using testing::text;
using testing::with_home;

const TableChange& lines_in(const Decoded& decoded) {
  return *std::ranges::find(decoded.changes, kGameLogs.tables[0], &TableChange::table);
}

// Whether the stored line of team 3 in the game may go.
bool may_go(const Decoded& decoded, const SeasonFacts& facts, const char* game) {
  const Value key[] = {text(game), integer(3)};
  return lines_in(decoded).guard->may_go(facts, key);
}

// The three answers to one type, without rows.
Decoded nothing_of(SeasonType type, SeasonFacts facts, const std::optional<Error>& failure = {}) {
  facts.types = {type};
  auto answers =
      testing::answers_to(kGameLogs, facts,
                          {testing::stats_answer("TeamGameLogs", testing::kBaseHeaders, {}),
                           testing::stats_answer("TeamGameLogs", testing::kAdvancedHeaders, {}),
                           testing::stats_answer("TeamGameLogs", testing::kMiscHeaders, {})});
  for (auto& answer : answers) {
    EXPECT_EQ(answer.request.may_fail, is_of_a_few_days(type));
    answer.failure = failure;
  }
  JsonDecoder json;
  return kGameLogs.decode(json, answers, facts);
}

TEST(GameLogsGuardsTest, TwoLinesAFinalOfYesterdayMustBeThere) {
  auto facts = new_season();  // 2026-01-15, noon UTC
  EXPECT_EQ(lines_in(Answers({}).decode(facts)).guard->rows, 0U) << "no game is known";
  facts.games["0022500001"] = stored_game("final", 1, 2, "2026-01-13");
  facts.games["0022500002"] = stored_game("final", 1, 2, "2026-01-14");  // 12 hours ago
  facts.games["0022500003"] = stored_game("postponed", 1, 2, "2026-01-10");
  facts.games["0042500101"] = stored_game("final", 1, 2, "2026-01-10");
  EXPECT_EQ(lines_in(Answers({}).decode(facts)).guard->rows, 2U);
}

TEST(GameLogsGuardsTest, EachPartOfASeasonIsAScopeOfItsOwn) {
  auto facts = new_season();
  const auto regular = lines_in(Answers(kOneGame).decode(facts)).scope;
  EXPECT_EQ(regular.name, "team_game_logs 2025-26 regular");
  EXPECT_EQ(regular.predicate, "season = $1 AND game_id LIKE $2");
  EXPECT_EQ(regular.values, (std::vector<Value>{text("2025-26"), text("002%")}));
  facts.games["0042500101"] = stored_game("final", 1, 2);
  const auto playoffs = lines_in(nothing_of(SeasonType::kPlayoffs, facts)).scope;
  EXPECT_EQ(playoffs.name, "team_game_logs 2025-26 playoffs");
  EXPECT_EQ(playoffs.values[1], text("004%"));
}

TEST(GameLogsGuardsTest, OfAFewDaysUpstreamMayHaveNothing) {
  auto facts = new_season();
  facts.games["0052500001"] = stored_game("final", 1, 2);
  facts.games["0042500101"] = stored_game("final", 1, 2);
  EXPECT_EQ(lines_in(nothing_of(SeasonType::kPlayIn, facts)).guard->rows, 0U);
  EXPECT_EQ(lines_in(nothing_of(SeasonType::kPlayoffs, facts)).guard->rows, 2U);
  const auto failed =
      nothing_of(SeasonType::kPlayIn, facts, Error(Errc::kUpstreamStatus, "no such page"));
  EXPECT_TRUE(failed.changes.empty());
  EXPECT_EQ(failed.note, "play-in: no such page");
}

TEST(GameLogsGuardsTest, ALineOfAFinalGoesWhenItsGameHasTwoOthers) {
  const auto facts = with_home(1);
  EXPECT_TRUE(may_go(Answers(kOneGame).decode(facts), facts, "0022500001"));
  EXPECT_FALSE(may_go(Answers({kOneGame[0]}).decode(facts), facts, "0022500001"));
  auto other = facts;
  other.games["0022500007"] = stored_game("final", 3, 4);
  EXPECT_FALSE(may_go(Answers(kOneGame).decode(other), other, "0022500007")) << "of another game";
  other.games["0022500007"].status = "live";
  EXPECT_TRUE(may_go(Answers(kOneGame).decode(other), other, "0022500007")) << "it was taken back";
  EXPECT_FALSE(may_go(Answers(kOneGame).decode(other), other, "0022500008")) << "nothing is known";
}

// Of a game that ended long ago all three have the lines; of one that has just ended, some.
TEST(GameLogsGuardsTest, AnAnswerThatIsBehindLeavesItsFiguresAndOneThatIsCutFails) {
  for (const int behind : {1, 2}) {
    Answers answers(kOneGame);
    (behind == 1 ? answers.advanced : answers.misc).pop_back();
    EXPECT_THAT(answers.decode().note, HasSubstr("is behind: it lacks 1 of 2 lines"));
    EXPECT_EQ(lines_in(answers.decode()).rows.size(), 2U);
    const auto error = error_of([&] { answers.decode(with_home(1)); });
    EXPECT_EQ(error.code(), Errc::kUpstreamShort);
    EXPECT_THAT(error.what(), HasSubstr("1 of the 2 lines that Base has"));
  }
  Answers base(kOneGame);
  base.base.pop_back();
  const auto decoded = base.decode();
  EXPECT_THAT(decoded.note, HasSubstr("Base is behind: it lacks 1 lines that"));
  EXPECT_EQ(lines_in(decoded).spared.at(0), (std::vector<Value>{text("0022500001"), integer(2)}));
  EXPECT_EQ(error_of([&] { base.decode(with_home(1)); }).code(), Errc::kUpstreamShort);
  auto forced = with_home(1);
  forced.force = true;
  EXPECT_NO_THROW(base.decode(forced));
}

// Games that this answer does not speak of, of every type that counts.
TEST(GameLogsGuardsTest, RestIsOverTheGamesOfAllParts) {
  auto facts = with_home(1);
  facts.games["0062500001"] = stored_game("final", 1, 5, "2025-10-30");
  facts.games["0012500001"] = stored_game("final", 2, 5, "2025-10-31");  // pre-season
  facts.games["0022500002"] = stored_game("scheduled", 2, 5, "2025-10-31");
  const Rows rows = Answers(kOneGame).logs(facts);
  EXPECT_EQ(cell(rows, 0, "rest_days"), integer(2));
  EXPECT_EQ(cell(rows, 1, "rest_days"), testing::kNull);
}

TEST(GameLogsGuardsTest, AFinalOfTheLogsClosesTheScoreboardsRow) {
  auto facts = with_home(1);
  EXPECT_EQ(testing::rows_for(Answers(kOneGame).decode(facts), "todays_games").size(), 0U);
  facts.board["0022500001"] = {"2025-11-01", 2, "Q3 4:10", 60, 55};
  const Rows closed = testing::rows_for(Answers(kOneGame).decode(facts), "todays_games");
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_EQ(cell(closed, 0, "game_status_code"), integer(3));
  EXPECT_EQ(cell(closed, 0, "game_status_text"), text("Final"));
  EXPECT_EQ(cell(closed, 0, "home_team_score"), integer(101));
  facts.board["0022500001"] = {"2025-11-01", 3, "Final", 101, 102};
  EXPECT_EQ(testing::rows_for(Answers(kOneGame).decode(facts), "todays_games").size(), 0U);
}

}  // namespace
}  // namespace nbasync::game_logs_guards_test
