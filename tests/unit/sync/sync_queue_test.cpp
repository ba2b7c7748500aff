#include "sync/sync_queue.hpp"

#include <gtest/gtest.h>

#include <string>

namespace nbasync {
namespace {

SyncJob job(const std::string& id, const std::string& type, IfBusy if_busy = IfBusy::kQueue) {
  SyncJob job;
  job.run_id = id;
  job.request.sync_type = type;
  job.request.season = "2025-26";
  job.request.if_busy = if_busy;
  return job;
}

TEST(SyncQueueTest, FirstJobIsStartedAndAcquiresTheLock) {
  SyncQueue queue(8);
  const auto admission = queue.join(job("a", "teams"));
  EXPECT_FALSE(admission.refusal);
  EXPECT_EQ(admission.disposition, Disposition::kStarted);
  ASSERT_NE(queue.acquire(SystemTime{}), nullptr);
  EXPECT_EQ(queue.holder()->run_id, "a");
}

TEST(SyncQueueTest, SecondJobWaitsUntilFirstReleases) {
  SyncQueue queue(8);
  queue.join(job("a", "teams"));
  queue.acquire({});
  EXPECT_EQ(queue.join(job("b", "schedule")).disposition, Disposition::kQueued);
  EXPECT_EQ(queue.acquire({}), nullptr);
  EXPECT_EQ(queue.release().run_id, "a");
  ASSERT_NE(queue.acquire({}), nullptr);
  EXPECT_EQ(queue.holder()->run_id, "b");
}

TEST(SyncQueueTest, JobThatWillNotWaitIsRefusedWithTheHolder) {
  SyncQueue queue(8);
  queue.join(job("a", "teams"));
  queue.acquire({});
  queue.join(job("b", "schedule"));
  const auto admission = queue.join(job("c", "full", IfBusy::kFail));
  ASSERT_TRUE(admission.refusal);
  EXPECT_EQ(admission.refusal->code, Errc::kSyncInProgress);
  EXPECT_EQ(admission.refusal->holder->run_id, "a");
  EXPECT_EQ(admission.refusal->queue_length, 1U);
}

TEST(SyncQueueTest, JobThatWillNotWaitStartsWhenTheLockIsFree) {
  SyncQueue queue(8);
  EXPECT_EQ(queue.join(job("a", "full", IfBusy::kFail)).disposition, Disposition::kStarted);
}

TEST(SyncQueueTest, AFullRunAndOneOfSomeStepsAreNotIdentical) {
  auto some = job("b", "full").request;
  some.steps = {"teams"};
  EXPECT_FALSE(identical(job("a", "full").request, some));
  EXPECT_TRUE(identical(some, some));
}

TEST(SyncQueueTest, TwoIdenticalWaitingJobsBecomeOneRun) {
  SyncQueue queue(8);
  queue.join(job("a", "full"));
  queue.acquire({});
  queue.join(job("b", "teams"));
  const auto admission = queue.join(job("c", "teams"));
  EXPECT_EQ(admission.disposition, Disposition::kJoined);
  EXPECT_EQ(admission.run_id, "b");
  EXPECT_EQ(queue.waiting().size(), 1U);
}

TEST(SyncQueueTest, AnotherSeasonOrForceIsAnotherRun) {
  SyncQueue queue(8);
  queue.join(job("a", "full"));
  queue.acquire({});
  queue.join(job("b", "teams"));
  auto other_season = job("c", "teams");
  other_season.request.season = "2018-19";
  auto forced = job("d", "teams");
  forced.request.force = true;
  EXPECT_EQ(queue.join(other_season).disposition, Disposition::kQueued);
  EXPECT_EQ(queue.join(forced).disposition, Disposition::kQueued);
}

TEST(SyncQueueTest, OnlyJoinIsToldTheResultOfARunningTwin) {
  SyncQueue queue(8);
  queue.join(job("a", "teams"));
  queue.acquire({});
  EXPECT_EQ(queue.join(job("b", "teams", IfBusy::kJoin)).run_id, "a");
  EXPECT_EQ(queue.join(job("c", "teams", IfBusy::kQueue)).run_id, "c");
}

TEST(SyncQueueTest, JoinWithoutATwinWaits) {
  SyncQueue queue(8);
  queue.join(job("a", "teams"));
  queue.acquire({});
  EXPECT_EQ(queue.join(job("b", "schedule", IfBusy::kJoin)).disposition, Disposition::kQueued);
}

TEST(SyncQueueTest, FullLineRefusesTheNextButStillJoinsATwin) {
  SyncQueue queue(1);
  queue.join(job("a", "full"));
  queue.acquire({});
  queue.join(job("b", "teams"));
  const auto refused = queue.join(job("c", "schedule"));
  ASSERT_TRUE(refused.refusal);
  EXPECT_EQ(refused.refusal->code, Errc::kQueueFull);
  EXPECT_EQ(queue.join(job("d", "teams")).run_id, "b");
}

TEST(SyncQueueTest, JobThatLeavesTheLineIsSkipped) {
  SyncQueue queue(8);
  queue.join(job("a", "full"));
  queue.acquire({});
  queue.join(job("b", "teams"));
  queue.join(job("c", "schedule"));
  EXPECT_TRUE(queue.leave("b"));
  EXPECT_FALSE(queue.leave("b"));
  EXPECT_FALSE(queue.leave("a")) << "the holder does not wait";
  queue.release();
  EXPECT_EQ(queue.acquire({})->run_id, "c");
}

}  // namespace
}  // namespace nbasync
