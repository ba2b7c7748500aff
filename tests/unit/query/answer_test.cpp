#include "query/answer.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <optional>

#include "query/queries.hpp"
#include "store/store.hpp"
#include "support/manual_executor.hpp"
#include "support/test_engine.hpp"

namespace nbasync {
namespace {

using ::testing::HasSubstr;
using testing::ManualExecutor;
using ::testing::StartsWith;

class AnswerTest : public ::testing::Test {
 protected:
  AnswerTest() { const Store makes_the_tables(database_); }

  void tell(const std::string& sql) const { testing::execute(place_.name(), sql); }

  QueryAnswer ask(Query question) {
    std::optional<QueryReply> reply;
    nbasync::ask(*pool_, std::move(question), [&](QueryReply got) { reply = std::move(got); });
    EXPECT_FALSE(reply) << "called inside the call";
    executor_.drain();
    if (const auto* error = std::get_if<Error>(&*reply)) throw Error(*error);
    return std::get<QueryAnswer>(*reply);
  }

  testing::NewPlace place_;
  ManualExecutor executor_;
  testing::TestDatabase database_{place_.name()};
  std::optional<ReadPool> pool_{std::in_place, executor_, database_, 2};
};

TEST_F(AnswerTest, RowsHaveTheNamesOfTheColumns) {
  tell(
      "INSERT INTO nba_teams (team_id, team_abbreviation, full_name, year_founded) VALUES "
      "(2, 'LAL', 'Lakers', 1947), (1, 'BOS', 'Celtics \"C\"', NULL)");
  const auto json = ask(queries::teams()).json;
  EXPECT_THAT(json, StartsWith(R"({"teams":[{"team_id":1,"team_abbreviation":"BOS",)"
                               R"("full_name":"Celtics \"C\"",)"));
  EXPECT_THAT(json, HasSubstr(R"("year_founded":null)"));
  EXPECT_THAT(json, HasSubstr(R"("count":2})"));
}

TEST_F(AnswerTest, NoRowsAreAnEmptyList) {
  EXPECT_EQ(ask(queries::teams()).json, "{\"teams\":[],\"count\":0}\n");
}

TEST_F(AnswerTest, TagChangesWithTheRowsOnly) {
  const auto empty = ask(queries::teams()).etag;
  EXPECT_EQ(ask(queries::teams()).etag, empty);
  tell("INSERT INTO nba_teams (team_id) VALUES (1)");
  const auto one = ask(queries::teams()).etag;
  EXPECT_NE(one, empty);
  tell("DELETE FROM nba_teams");
  EXPECT_EQ(ask(queries::teams()).etag, empty);
}

TEST_F(AnswerTest, TeamIsFoundByItsLettersAndItsId) {
  tell("INSERT INTO nba_teams (team_id, team_abbreviation) VALUES (1, 'BOS'), (2, 'LAL')");
  tell(
      "INSERT INTO team_game_logs (game_id, team_id, season, game_date) VALUES "
      "('002a', 1, '2025-26', '2026-01-01'), ('002b', 1, '2025-26', '2026-01-03'), "
      "('002a', 2, '2025-26', '2026-01-01'), ('002c', 1, '2024-25', '2025-01-01'), "
      "('1522500001', 1, '2025-26', '2026-07-11')");
  EXPECT_THAT(ask(queries::game_logs("bos", std::nullopt, "regular", 9)).json,
              HasSubstr("\"count\":3"));
  EXPECT_THAT(ask(queries::game_logs("2", std::nullopt, "regular", 9)).json,
              HasSubstr("\"count\":1"));
  EXPECT_THAT(ask(queries::game_logs("BOS", "2025-26", "regular", 9)).json,
              HasSubstr("\"count\":2"));
  EXPECT_THAT(ask(queries::game_logs(std::nullopt, std::nullopt, "regular", 1)).json,
              StartsWith(R"({"game_logs":[{"game_id":"002b")"));
  EXPECT_THAT(ask(queries::game_logs("XYZ", std::nullopt, "regular", 9)).json,
              HasSubstr("\"count\":0"));
}

TEST_F(AnswerTest, StatsAreOfTheNewestSeasonUnlessAskedOtherwise) {
  tell(
      "INSERT INTO team_season_stats (team_id, season, split_type) VALUES (1, '2024-25', "
      "'overall'), (1, '2025-26', 'overall'), (1, '2025-26', 'home'), (1, '2025-26', 'away')");
  EXPECT_THAT(ask(queries::team_stats(std::nullopt, "regular", "overall")).json,
              HasSubstr("\"count\":1"));
  EXPECT_THAT(ask(queries::team_stats(std::nullopt, "regular", "all")).json,
              HasSubstr("\"count\":3"));
  EXPECT_THAT(ask(queries::team_stats("2024-25", "regular", "all")).json, HasSubstr("2024-25"));
  EXPECT_THAT(ask(queries::team_stats("2023-24", "regular", "all")).json, HasSubstr("\"count\":0"));
}

TEST_F(AnswerTest, PartsOfASeasonAreToldApart) {
  tell(
      "INSERT INTO team_game_logs (game_id, team_id, season) VALUES ('0022500001', 1, '2025-26'), "
      "('0042500101', 1, '2025-26'), ('0042500102', 1, '2025-26'), ('0062500001', 1, '2025-26')");
  const auto logs = [&](const char* type) {
    return ask(queries::game_logs(std::nullopt, std::nullopt, type, 9)).json;
  };
  EXPECT_THAT(logs("regular"), HasSubstr("\"count\":1"));
  EXPECT_THAT(logs("playoffs"), HasSubstr("\"count\":2"));
  EXPECT_THAT(logs("cup"), HasSubstr("0062500001"));
  EXPECT_THAT(logs("all"), HasSubstr("\"count\":4"));
  tell(
      "INSERT INTO team_season_stats (team_id, season, split_type) VALUES (1, '2025-26', "
      "'overall'), (1, '2025-26', 'home'), (1, '2025-26', 'playoffs'), (1, '2025-26', "
      "'playoffs_home')");
  const auto stats = [&](const char* type, const char* split) {
    return ask(queries::team_stats(std::nullopt, type, split)).json;
  };
  EXPECT_THAT(stats("regular", "all"), HasSubstr("\"count\":2"));
  EXPECT_THAT(stats("playoffs", "all"), HasSubstr("\"count\":2"));
  EXPECT_THAT(stats("all", "all"), HasSubstr("\"count\":4"));
  EXPECT_THAT(stats("playoffs", "overall"), HasSubstr(R"("split_type":"playoffs")"));
  EXPECT_THAT(stats("playoffs", "home"), HasSubstr(R"("split_type":"playoffs_home")"));
  EXPECT_THAT(stats("all", "home"), HasSubstr("\"count\":2"));
}

TEST_F(AnswerTest, ATeamIsFoundByWhatItWasCalledInTheSeason) {
  tell("INSERT INTO nba_teams (team_id, team_abbreviation) VALUES (7, 'OKC')");
  tell("INSERT INTO standings (team_id, season, team_abbreviation) VALUES (7, '2007-08', 'SEA')");
  tell(
      "INSERT INTO team_game_logs (game_id, team_id, season) VALUES ('0020700001', 7, '2007-08'), "
      "('0022500001', 7, '2025-26')");
  const auto count = [&](const char* team) {
    return ask(queries::game_logs(team, std::nullopt, "regular", 9)).json;
  };
  EXPECT_THAT(count("sea"), HasSubstr("\"count\":1"));
  EXPECT_THAT(count("okc"), HasSubstr("\"count\":2"));
  EXPECT_THAT(ask(queries::standings(std::nullopt)).json, HasSubstr("SEA"));
}

TEST_F(AnswerTest, GamesOfADayCarryTheScoreboardsFigures) {
  tell("INSERT INTO nba_teams (team_id, team_abbreviation) VALUES (1, 'BOS'), (2, 'LAL')");
  tell(
      "INSERT INTO games (id, game_date, home_team_id, away_team_id, status, home_score) VALUES "
      "('00a', '2026-01-15', 1, 2, 'live', 41), ('00b', '2026-01-15', 2, 1, 'final', 99), "
      "('00z', '2026-01-16', 2, 1, 'scheduled', NULL), "
      "('1022500001', '2026-01-15', 2, 1, 'final', 1)");
  tell(
      "INSERT INTO todays_games (game_id, game_date, home_team_score, game_status_code, period) "
      "VALUES ('00a', '2026-01-15', 41, 2, 3), ('00new', '2026-01-15', 7, 2, 1), "
      "('1522500001', '2026-01-15', 1, 2, 3)");
  const auto json = ask(queries::games("2026-01-15")).json;
  EXPECT_THAT(json, HasSubstr("\"count\":3"));
  EXPECT_THAT(json, HasSubstr(R"("home_team_name":"BOS","home_score":41)"));
  EXPECT_THAT(json, HasSubstr(R"("period":3)"));
  EXPECT_THAT(json, HasSubstr(R"("home_team_name":"LAL","home_score":99)"));
  EXPECT_THAT(json, HasSubstr(R"("id":"00new")"));
  EXPECT_THAT(json, HasSubstr(R"("home_score":7)")) << "who is not in games is as the board has it";
}

// What schedule, scoreboard and logs come to stands in `games`.
TEST_F(AnswerTest, AScoreboardThatIsBehindDoesNotOverruleGames) {
  tell(
      "INSERT INTO games (id, game_date, status, home_score) VALUES "
      "('00a', '2026-01-15', 'postponed', NULL), ('00b', '2026-01-15', 'final', 103)");
  tell(
      "INSERT INTO todays_games (game_id, game_date, home_team_score, game_status_code) VALUES "
      "('00a', '2026-01-15', 60, 2), ('00b', '2026-01-15', 102, 3)");
  const auto json = ask(queries::games("2026-01-15")).json;
  EXPECT_THAT(json, HasSubstr(R"("home_score":null)")) << "a moved game has no score";
  EXPECT_THAT(json, HasSubstr(R"("status":"postponed")"));
  EXPECT_THAT(json, HasSubstr(R"("home_score":103)")) << "of two finals the logs'";
}

TEST_F(AnswerTest, RowsOfOtherLeaguesAreNotShown) {
  tell(
      "INSERT INTO games (id, season, game_date) VALUES ('1522500001', '2025-26', '2026-01-15');"
      "INSERT INTO team_game_logs (game_id, team_id, season) VALUES ('1522500001', 1, '2025-26');"
      "INSERT INTO player_game_logs (game_id, player_id, season) VALUES ('1522500001', 5, "
      "'2025-26');"
      "INSERT INTO todays_games (game_id, game_date) VALUES ('1522500001', '2026-01-15')");
  for (const auto& question :
       {queries::games("2026-01-15"), queries::schedule("2026-01-01", std::nullopt, 9),
        queries::game_logs(std::nullopt, std::nullopt, "all", 9),
        queries::player_game_logs(std::nullopt, std::nullopt, std::nullopt, "all", 9)}) {
    EXPECT_THAT(ask(question).json, HasSubstr("\"count\":0"));
  }
}

TEST_F(AnswerTest, ScheduleIsBoundedByItsDaysAndItsLimit) {
  tell(
      "INSERT INTO games (id, game_date) VALUES ('00a', '2026-01-14'), ('00b', '2026-01-15'), "
      "('00c', '2026-01-16'), ('00d', '2026-01-17'), ('1522500001', '2026-01-15')");
  EXPECT_THAT(ask(queries::schedule("2026-01-15", "2026-01-16", 9)).json, HasSubstr("\"count\":2"));
  EXPECT_THAT(ask(queries::schedule("2026-01-15", std::nullopt, 9)).json, HasSubstr("\"count\":3"));
  EXPECT_THAT(ask(queries::schedule("2026-01-15", std::nullopt, 1)).json, HasSubstr("\"00b\""));
}

TEST_F(AnswerTest, TextInAParameterStaysText) {
  EXPECT_THAT(ask(queries::games("' OR 1=1 --")).json, HasSubstr("\"count\":0"));
}

TEST_F(AnswerTest, MissingTableIsAnErrorAndTheNextQuestionWorks) {
  tell("ALTER TABLE nba_teams RENAME TO hidden");
  EXPECT_THROW(ask(queries::teams()), Error);
  tell("ALTER TABLE hidden RENAME TO nba_teams");
  EXPECT_NO_THROW(ask(queries::teams()));
}

TEST_F(AnswerTest, NewColumnsShowWithoutARestart) {
  tell("INSERT INTO nba_teams (team_id) VALUES (1)");
  ask(queries::teams());
  tell("ALTER TABLE nba_teams ADD COLUMN mascot TEXT DEFAULT 'Lucky'");
  EXPECT_THAT(ask(queries::teams()).json, HasSubstr(R"("mascot":"Lucky"})"));
}

TEST_F(AnswerTest, ConnectionCannotWrite) {
  if (testing::asks_postgres()) GTEST_SKIP() << "a session that cannot would be two messages more";
  EXPECT_THROW(ask({"x", "DELETE FROM nba_teams RETURNING team_id", {}}), Error);
}

TEST_F(AnswerTest, AnswersWhileAWriterIsInItsTransaction) {
  const auto writer = database_.connect_writer();
  writer->transaction(
      [&] {
        writer->run("INSERT INTO nba_teams (team_id) VALUES (1)", {}, {});
        EXPECT_THAT(ask(queries::teams()).json, HasSubstr("\"count\":0"));
      },
      {});
  EXPECT_THAT(ask(queries::teams()).json, HasSubstr("\"count\":1"));
}

TEST_F(AnswerTest, NoMoreAtATimeThanThereAreConnectionsAndInOrder) {
  std::vector<int> answered;
  for (int i = 0; i < 5; ++i) {
    nbasync::ask(*pool_, queries::teams(),
                 [&answered, i](const QueryReply&) { answered.push_back(i); });
  }
  EXPECT_EQ(executor_.jobs(), 2U);
  executor_.work_one();
  executor_.turn();
  EXPECT_EQ(executor_.jobs(), 2U);
  executor_.drain();
  EXPECT_EQ(answered, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST_F(AnswerTest, WhatWaitsIsBounded) {
  int refused = 0;
  for (int i = 0; i < 600; ++i) {
    nbasync::ask(*pool_, queries::teams(), [&](const QueryReply& reply) {
      const auto* error = std::get_if<Error>(&reply);
      if (error != nullptr && error->code() == Errc::kQueueFull) ++refused;
    });
  }
  executor_.turn();
  EXPECT_EQ(refused, 600 - 512 - 2);
}

TEST_F(AnswerTest, EndsWhileQuerysAreUnderWay) {
  bool called = false;
  for (int i = 0; i < 3; ++i) {
    nbasync::ask(*pool_, queries::teams(), [&](const QueryReply&) { called = true; });
  }
  executor_.work_one();
  pool_.reset();
  executor_.drain();
  EXPECT_FALSE(called);
}

}  // namespace
}  // namespace nbasync
