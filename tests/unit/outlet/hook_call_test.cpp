#include "outlet/hook_call.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "protocol/json.hpp"

namespace nbasync {
namespace {

DataChange change(const std::string& dataset, const std::string& table, std::int64_t first,
                  std::int64_t last, std::int64_t corrections = 0) {
  return {"r", table, first, last, 0, last - first + 1, 0, corrections, dataset};
}

RunRecord run(const std::string& id) {
  RunRecord record;
  record.run_id = id;
  record.sync_type = "full";
  record.season = "2025-26";
  record.status = RunStatus::kFailed;
  record.completed_at = parse_utc("2026-01-15T12:00:00Z");
  return record;
}

TEST(FiresTest, OnAnyChangeUnlessItIsSaidOnWhich) {
  HookOptions hook;
  EXPECT_FALSE(fires(hook, {}));
  EXPECT_TRUE(fires(hook, {change("teams", "nba_teams", 1, 1)}));
}

TEST(FiresTest, OnADatasetWhateverTableIsOfIt) {
  HookOptions hook;
  hook.on = {"game_logs"};
  EXPECT_TRUE(
      fires(hook, {change("teams", "nba_teams", 1, 1), change("game_logs", "games", 2, 2)}));
  EXPECT_FALSE(fires(hook, {change("schedule", "games", 1, 1)})) << "a table that it shares";
  EXPECT_FALSE(fires(hook, {change("schedule", "games", 1, 1, 1)}));
}

TEST(FiresTest, OnACorrectionOfWhateverDataset) {
  HookOptions hook;
  hook.on = {"teams", "corrections"};
  EXPECT_FALSE(fires(hook, {change("schedule", "games", 1, 1)}));
  EXPECT_TRUE(fires(hook, {change("schedule", "games", 1, 1, 1)}));
}

TEST(HookCallTest, TellsTheRunAndWhatItChangedByTable) {
  const auto call =
      make_call("site", run("r-1"),
                {change("schedule", "games", 5, 6), change("game_logs", "team_game_logs", 7, 9, 2),
                 change("game_logs", "games", 10, 10, 1)});
  EXPECT_EQ(protocol::to_json(call), nlohmann::json::parse(R"({
    "hook": "site", "run_count": 1, "since": 4, "last_seq": 10, "corrections": 3,
    "path": "/api/v1/changes?since=4",
    "runs": [{"run_id": "r-1", "sync_type": "full", "season": "2025-26", "status": "failed",
              "ended_at": "2026-01-15T12:00:00Z"}],
    "changes": [
      {"table": "games", "first_seq": 5, "last_seq": 10, "inserted": 0, "updated": 3,
       "deleted": 0, "corrections": 1},
      {"table": "team_game_logs", "first_seq": 7, "last_seq": 9, "inserted": 0, "updated": 3,
       "deleted": 0, "corrections": 2}]})"));
}

TEST(MergedTest, NothingOfEitherIsLost) {
  const auto first = make_call("site", run("r-1"), {change("schedule", "games", 5, 6, 1)});
  const auto second = make_call(
      "site", run("r-2"), {change("schedule", "games", 8, 8), change("teams", "nba_teams", 9, 9)});
  const auto both = merged(first, second);
  EXPECT_EQ(both.run_count, 2U);
  EXPECT_EQ(both.runs.at(0).run_id, "r-1");
  EXPECT_EQ(both.runs.at(1).run_id, "r-2");
  EXPECT_EQ(both.since, 4);
  EXPECT_EQ(both.last_seq, 9);
  EXPECT_EQ(both.corrections, 1);
  EXPECT_EQ(both.changes.size(), 2U);
  EXPECT_EQ(both.changes.at(0).updated, 3);
  EXPECT_EQ(both.path, first.path);
  EXPECT_EQ(merged({}, second), second);
  EXPECT_EQ(merged(first, {}), first);
}

TEST(MergedTest, IsBoundedHoweverManyRunsItStandsFor) {
  protocol::HookCall all;
  for (int i = 1; i <= 1'000; ++i) {
    const auto seq = std::int64_t{i};
    all = merged(all, make_call("site", run(std::to_string(i)), {change("teams", "t", seq, seq)}));
  }
  EXPECT_EQ(all.run_count, 1'000U);
  ASSERT_EQ(all.runs.size(), kRunsOfACall);
  EXPECT_EQ(all.runs.back().run_id, "1000") << "the newest stay";
  EXPECT_EQ(all.since, 0);
  EXPECT_EQ(all.changes.at(0).updated, 1'000);
}

}  // namespace
}  // namespace nbasync
