#include "store/schedule_store.hpp"

#include <gmock/gmock.h>

#include <string>

#include "engine_fixture.hpp"
#include "store/live_games.hpp"
#include "store/run_log.hpp"

namespace nbasync {
namespace {

using std::chrono::hours;

class ScheduleStoreTest : public testing::EngineFixture {
 protected:
  static Decision decision(const std::string& schedule, const std::string& reason) {
    return {*parse_utc("2026-01-15T12:00:00.250Z"),
            schedule,
            "teams",
            DecisionKind::kFired,
            reason,
            "r1"};
  }

  ScheduleRecords read() { return schedule_store::read(*connection_, {}); }
  void write(const ScheduleChanges& changes) {
    connection_->transaction([&] { schedule_store::write(*connection_, changes, {}); }, {});
  }

  SystemTime now_ = *parse_utc("2026-01-15T12:00:00Z");
};

TEST_F(ScheduleStoreTest, ANewDatabaseKnowsNothing) {
  const auto records = read();
  EXPECT_TRUE(records.memories.empty());
  EXPECT_TRUE(records.decisions.empty());
  EXPECT_FALSE(records.paused);
}

TEST_F(ScheduleStoreTest, WhatIsWrittenIsReadAgain) {
  write({{{"nightly", ScheduleMemory{"cron", now_}}}, true, {decision("nightly", "due")}});
  const auto records = read();
  EXPECT_EQ(records.memories.at("nightly").rule, "cron");
  EXPECT_EQ(records.memories.at("nightly").decided_until, now_);
  EXPECT_TRUE(records.paused);
  ASSERT_EQ(records.decisions.size(), 1);
  EXPECT_EQ(records.decisions[0].at, *parse_utc("2026-01-15T12:00:00.250Z"));
  EXPECT_EQ(records.decisions[0].reason, "due");
  EXPECT_EQ(records.decisions[0].run_id, "r1");
}

TEST_F(ScheduleStoreTest, AllThatAScheduleRemembersIsReadAgain) {
  ScheduleMemory memory{"cron", now_};
  memory.sync_type = "full";
  memory.last_end = now_ - hours(1);
  memory.backlog = {now_ - hours(3), now_ - hours(2)};
  memory.nominal = now_ - hours(4);
  memory.retry = 2;
  memory.steps = {"teams", "schedule"};
  memory.failed_run = "r1";
  memory.because = "retry 2 of 3: it's so";
  memory.run_id = "r2";
  memory.retry_at = now_ + hours(1);
  write({{{"nightly", memory}}, {}, {}});
  EXPECT_EQ(read().memories.at("nightly"), memory);
  write({{{"nightly", ScheduleMemory{"cron", now_}}}, {}, {}});
  EXPECT_EQ(read().memories.at("nightly"), (ScheduleMemory{"cron", now_}));
}

TEST_F(ScheduleStoreTest, WhatVersion01RemembersIsRead) {
  tell(
      "INSERT INTO nbasync_schedules (name, rule, decided_until) VALUES "
      "('nightly', 'cron', '2026-01-15T12:00:00.000Z')");
  const auto memory = read().memories.at("nightly");
  EXPECT_EQ(memory, (ScheduleMemory{"cron", *parse_utc("2026-01-15T12:00:00Z")}));
}

TEST_F(ScheduleStoreTest, TheRunThatWasUnderWayIsFoundInTheLog) {
  RunRecord run;
  run.run_id = "r2";
  run.sync_type = "teams";
  run.triggered_by = "dbus";  // whose run the schedule joined
  run.started_at = now_;
  run_log::write(*connection_, run, {});
  ScheduleMemory memory{"cron", now_};
  memory.nominal = now_;
  memory.run_id = "r2";
  ScheduleMemory unbegun = memory;
  unbegun.run_id = "r3";
  write({{{"nightly", memory}, {"other", unbegun}}, {}, {}});
  const auto records = read();
  EXPECT_EQ(records.open_runs.at("nightly").status, RunStatus::kStarted);
  EXPECT_FALSE(records.open_runs.contains("other"));
}

TEST_F(ScheduleStoreTest, AForgottenScheduleIsGone) {
  write({{{"a", ScheduleMemory{"x", now_}}, {"b", ScheduleMemory{"y", now_}}}, {}, {}});
  write({{{"a", std::nullopt}}, {}, {}});
  const auto records = read();
  EXPECT_FALSE(records.memories.contains("a"));
  EXPECT_TRUE(records.memories.contains("b"));
}

TEST_F(ScheduleStoreTest, DecisionsOfABusyScheduleDoNotPushOutThoseOfARareOne) {
  write({{}, {}, {decision("rare", "once")}});
  for (int i = 0; i < schedule_store::kDecisionsKept + 50; i += 10) {
    ScheduleChanges changes;
    for (int j = 0; j < 10; ++j)
      changes.decisions.push_back(decision("busy", std::to_string(i + j)));
    write(changes);
  }
  const auto records = read();
  EXPECT_EQ(records.decisions.size(), schedule_store::kDecisionsKept + 1);
  EXPECT_EQ(records.decisions.front().schedule, "rare");
  EXPECT_EQ(records.decisions.back().reason, std::to_string(schedule_store::kDecisionsKept + 49));
}

TEST_F(ScheduleStoreTest, TheLastRunOfAScheduleIsFoundInTheLog) {
  RunRecord run;
  run.sync_type = "full";
  run.triggered_by = "schedule:nightly";
  run.started_at = now_;
  run.completed_at = now_ + hours(1);
  run.run_id = "first";
  run.status = RunStatus::kFailed;
  run_log::write(*connection_, run, {});
  run.run_id = "second";
  run.status = RunStatus::kSuccess;
  run_log::write(*connection_, run, {});
  run.run_id = "third";
  run.triggered_by = "dbus";
  run_log::write(*connection_, run, {});
  write({{{"nightly", ScheduleMemory{"x", now_}}}, {}, {}});
  const auto last = read().last_runs.at("nightly");
  EXPECT_EQ(last.run_id, "second");
  EXPECT_EQ(last.status, RunStatus::kSuccess);
  EXPECT_EQ(last.completed_at, now_ + hours(1));
}

// As `games` has them, which all who tell of a game write; else as the scoreboard shows them.
TEST_F(ScheduleStoreTest, GamesAreKnownByWhatAllWhoTellOfThemComeTo) {
  tell("INSERT INTO nba_teams (team_id, team_abbreviation) VALUES (1, 'BOS'), (2, 'LAL')");
  tell(
      "INSERT INTO games (id, game_time_utc, status, home_team_id, away_team_id) VALUES "
      "('00a', '2026-01-15T20:00:00Z', 'live', 1, 2), "
      "('00b', '2026-01-15T18:00:00Z', 'final', 2, 1), "
      "('00c', '2026-01-15T19:00:00Z', 'postponed', 2, 1), "
      "('00d', '2026-03-15T19:00:00Z', 'scheduled', 2, 1), "
      "('00f', '2026-01-15T22:00:00Z', 'cancelled', 2, 1), "
      "('00g', '2026-01-15T23:00:00Z', 'suspended', 2, 1), "
      "('00h', NULL, 'cancelled', 2, 1), "
      "('1022500001', '2026-01-15T19:30:00Z', 'live', 2, 1)");
  tell(
      "INSERT INTO todays_games (game_id, game_time_utc, game_status_code, home_team_name, "
      "away_team_name) VALUES ('00a', '2026-01-15T20:00:00Z', 2, 'BOS', 'LAL'), "
      "('00b', '2026-01-15T18:00:00Z', 2, 'LAL', 'BOS'), "
      "('00d', '2026-01-15T17:00:00Z', 2, 'LAL', 'BOS'), "
      "('00e', '2026-01-15T21:00:00Z', 1, 'NYK', 'MIA'), "
      "('00g', '2026-01-15T23:00:00Z', 2, 'LAL', 'BOS'), "
      "('00h', '2026-01-16T00:00:00Z', 1, 'LAL', 'BOS'), "
      "('1522500001', '2026-01-15T19:30:00Z', 2, 'LAL', 'BOS')");
  using State = LiveGame::State;
  const std::vector<LiveGame> expected = {
      {"BOS @ LAL", *parse_utc("2026-01-15T18:00:00Z"), State::kOver},
      {"BOS @ LAL", *parse_utc("2026-01-15T19:00:00Z"), State::kOver},
      {"LAL @ BOS", *parse_utc("2026-01-15T20:00:00Z"), State::kLive},
      {"MIA @ NYK", *parse_utc("2026-01-15T21:00:00Z"), State::kScheduled},
      {"BOS @ LAL", *parse_utc("2026-01-15T22:00:00Z"), State::kOver},
      {"BOS @ LAL", *parse_utc("2026-01-15T23:00:00Z"), State::kOver},
      {"BOS @ LAL", *parse_utc("2026-01-16T00:00:00Z"), State::kOver}};
  EXPECT_EQ(games_between(*connection_, now_, now_ + hours(24), {}), expected);
}

}  // namespace
}  // namespace nbasync
