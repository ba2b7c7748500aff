#include "scheduler/retry.hpp"

#include <gmock/gmock.h>

#include <string>
#include <utility>
#include <vector>

namespace nbasync {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const SystemTime kEnded = *parse_utc("2026-01-15T12:00:00Z");

ScheduleSpec nightly() {
  ScheduleSpec spec;
  spec.name = "nightly";
  spec.sync_type = "full";
  spec.cron = Cron("0 9 * * *");
  return spec;
}

RunRecord run_of(const std::string& type, RunStatus status, const std::string& code) {
  RunRecord run;
  run.run_id = "r1";
  run.sync_type = type;
  run.status = status;
  run.error_code = code;
  run.error_message = "it went wrong";
  return run;
}

std::variant<RetryWaiting, std::string> after(const RunRecord& run, unsigned retry = 0,
                                              std::optional<SystemTime> next = std::nullopt) {
  return after_failure(nightly(), {kEnded, retry}, run, kEnded, next);
}
bool is_retried(const RunRecord& run, unsigned retry = 0) {
  return std::holds_alternative<RetryWaiting>(after(run, retry));
}

TEST(RetryTest, ThreeTriesAfterFiveMinutesThenTwiceAsLongEach) {
  const auto failed = run_of("teams", RunStatus::kFailed, "upstream-status");
  for (const auto& [retry, delay] : {std::pair{0U, 5}, {1U, 10}, {2U, 20}}) {
    const auto next = std::get<RetryWaiting>(after(failed, retry));
    EXPECT_EQ(next.at, kEnded + minutes(delay));
    EXPECT_EQ(next.turn.retry, retry + 1);
    EXPECT_EQ(next.turn.failed_run, "r1");
  }
  EXPECT_THAT(std::get<std::string>(after(failed, 3)), HasSubstr("that was the last of 3 retries"));
}

TEST(RetryTest, NumberThatIsNoneOfOursHasADelayAllTheSame) {
  const RetryRule rule{.times = 3, .after = minutes(5)};
  EXPECT_EQ(retry_delay(rule, 0), minutes(5));
  EXPECT_EQ(retry_delay(rule, 11), minutes(5) * 1024);
  EXPECT_EQ(retry_delay(rule, 33), minutes(5) * 1024);
  EXPECT_EQ(retry_delay(rule, 4'000'000'000U), minutes(5) * 1024);
}

TEST(RetryTest, NotPastTheNextTime) {
  const auto failed = run_of("teams", RunStatus::kFailed, "upstream-status");
  EXPECT_THAT(std::get<std::string>(after(failed, 0, kEnded + minutes(5))),
              HasSubstr("its next time, 2026-01-15T12:05:00Z, comes before another try"));
  EXPECT_EQ(after(failed, 0, kEnded + minutes(6)).index(), 0);
}

TEST(RetryTest, NotOfWhatWouldEndAlike) {
  for (const auto* code : {"upstream-malformed", "bad-configuration", "storage-newer"}) {
    EXPECT_FALSE(is_retried(run_of("teams", RunStatus::kFailed, code))) << code;
  }
  EXPECT_FALSE(is_retried(run_of("teams", RunStatus::kCancelled, "cancelled")));
  for (const auto* code : {"upstream-unreachable", "upstream-timeout", "upstream-blocked",
                           "storage-busy", "storage-full", "internal"}) {
    EXPECT_TRUE(is_retried(run_of("teams", RunStatus::kFailed, code))) << code;
  }
  EXPECT_TRUE(is_retried(run_of("teams", RunStatus::kInterrupted, "interrupted")));
  EXPECT_TRUE(is_retried(run_of("teams", RunStatus::kTimeout, "run-timeout")));
}

TEST(RetryTest, AnEmptyOrShortAnswerIsTriedAgainOnce) {
  for (const auto* code : {"upstream-empty", "upstream-short"}) {
    const auto failed = run_of("teams", RunStatus::kFailed, code);
    EXPECT_TRUE(is_retried(failed, 0)) << code;
    EXPECT_FALSE(is_retried(failed, 1)) << code;
  }
}

// sync.full does not have them, or they are not of that season.
TEST(RetryTest, OneThatFailedByItselfLacksNoOtherSteps) {
  auto run = run_of("full", RunStatus::kFailed, "upstream-status");
  run.steps = {run_of("teams", RunStatus::kSuccess, ""),
               run_of("schedule", RunStatus::kFailed, "upstream-status")};
  EXPECT_THAT(std::get<RetryWaiting>(after(run)).turn.steps, ElementsAre("schedule"));
  run.steps[1].error_code = "upstream-malformed";
  EXPECT_FALSE(is_retried(run));
}

TEST(RetryTest, OfAFullRunTheStepsThatItLacks) {
  auto run = run_of("full", RunStatus::kTimeout, "run-timeout");
  run.steps = {run_of("teams", RunStatus::kSuccess, ""),
               run_of("schedule", RunStatus::kFailed, "upstream-malformed"),
               run_of("season_stats", RunStatus::kFailed, "upstream-status")};
  const auto next = std::get<RetryWaiting>(after(run));
  EXPECT_THAT(next.turn.steps, ElementsAre("season_stats", "game_logs", "todays_games", "players",
                                           "player_game_logs", "player_season_stats"));
  EXPECT_THAT(next.turn.because,
              HasSubstr("retry 1 of 3, of season_stats, game_logs, todays_games, players, "
                        "player_game_logs, player_season_stats: run r1 ended timeout: it went "
                        "wrong"));

  // Of that try, what it was to do.
  auto second = run_of("full", RunStatus::kTimeout, "run-timeout");
  second.steps = {run_of("season_stats", RunStatus::kSuccess, ""),
                  run_of("game_logs", RunStatus::kFailed, "upstream-status")};
  const auto third = after_failure(nightly(), next.turn, second, kEnded, {});
  EXPECT_THAT(std::get<RetryWaiting>(third).turn.steps,
              ElementsAre("game_logs", "todays_games", "players", "player_game_logs",
                          "player_season_stats"));
}

TEST(RetryTest, OfAFullRunThatDidNothingAllSteps) {
  const auto run = run_of("full", RunStatus::kInterrupted, "interrupted");
  EXPECT_THAT(std::get<RetryWaiting>(after(run)).turn.steps, IsEmpty());
}

TEST(RetryTest, AFullRunWhoseFailedStepsWouldFailAlikeIsNotTriedAgain) {
  auto run = run_of("full", RunStatus::kFailed, "upstream-malformed");
  for (const auto* type : {"teams", "schedule", "season_stats", "game_logs", "todays_games"}) {
    run.steps.push_back(run_of(type, RunStatus::kSuccess, ""));
  }
  run.steps[1] = run_of("schedule", RunStatus::kFailed, "upstream-malformed");
  EXPECT_THAT(std::get<std::string>(after(run)), HasSubstr("another try would not mend it"));
}

TEST(RetryTest, WithoutAWordNotWhereTheNextTimeIsNear) {
  ScheduleSpec spec = nightly();
  EXPECT_EQ(retry_of(spec).times, 3);
  spec.cron = Cron("*/5 * * * *");
  EXPECT_EQ(retry_of(spec).times, 0);
  spec.retry = RetryRule{1, minutes(1)};
  EXPECT_EQ(retry_of(spec).times, 1);
  ScheduleSpec live;
  live.live = LiveRule{};
  live.retry = RetryRule{};
  EXPECT_EQ(retry_of(live).times, 0) << "whatever is written";
  ScheduleSpec every;
  every.every = minutes(10);
  EXPECT_EQ(retry_of(every).times, 3);
}

}  // namespace
}  // namespace nbasync
