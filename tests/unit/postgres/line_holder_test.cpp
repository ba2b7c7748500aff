#include "cluster/line_holder.hpp"

#include <gmock/gmock.h>

#include <memory>

#include "cluster/lease.hpp"
#include "line_fixture.hpp"

namespace nbasync::line_holder_test {
namespace {

using line::Entry;
using ::testing::ElementsAre;
using testing::error_of;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LineHolderTest : public testing::LineFixture {
 protected:
  std::unique_ptr<Lease> lease(const std::string& host) {
    auto made = std::make_unique<Lease>(PostgresAddress(server_->url(name_)),
                                        Lease::Options{std::chrono::minutes(1), host});
    EXPECT_TRUE(made->try_lock("daemon", {}));
    return made;
  }
  PostgresConnection guarded(const Lease& lease) const {
    PostgresConnection::Options options;
    options.guard = [&lease] { return lease.guard(); };
    return connect(options);
  }
  void forget() {
    connection_->write([&] { line::forget(*connection_, {}); }, {});
  }
  void let_pass(const std::string& time) {
    run(*connection_, "UPDATE nbasync_requests SET ended_at = ended_at - interval '" + time + "'");
  }
};

TEST_F(LineHolderTest, StartsOnceWhatWaits) {
  join(job("a"));
  start("a", 7);
  const Entry first = entry("a");
  EXPECT_EQ(first.state, Entry::State::kRunning);
  EXPECT_EQ(first.attempts, 1);
  EXPECT_EQ(first.epoch, 7);
  EXPECT_GE(first.job.started_at, first.job.requested_at);
  EXPECT_EQ(view().version, 2);
  start("a", 8);
  start("b", 8);
  EXPECT_EQ(entry("a").attempts, 1);
  EXPECT_EQ(entry("a").epoch, 7);
  EXPECT_EQ(entry("a").job.started_at, first.job.started_at);
  EXPECT_EQ(view().version, 2);
}

TEST_F(LineHolderTest, EndsOnceWhatWaitsOrRuns) {
  join(job("a"));
  join(job("b", "players"));
  start("a");
  end(*connection_, "a", RunStatus::kFailed, "rows");
  EXPECT_EQ(entry("a").state, Entry::State::kEnded);
  EXPECT_EQ(entry("a").status, "failed");
  EXPECT_EQ(entry("a").result, "rows");
  EXPECT_EQ(view().version, 4);
  end(*connection_, "a", RunStatus::kSuccess);
  start("a");
  EXPECT_EQ(entry("a").status, "failed");
  EXPECT_EQ(entry("a").result, "rows");
  EXPECT_EQ(view().version, 4);
  end("b", RunStatus::kCancelled);
  EXPECT_EQ(entry("b").result, std::nullopt);
  EXPECT_THAT(entries(), IsEmpty());
}

TEST_F(LineHolderTest, TwoChangesOfOneMessageSeeEachOther) {
  join(job("a"));
  connection_->write(
      [&] {
        line::started(*connection_, "a", 1, {});
        RunRecord run;
        run.run_id = "a";
        run.status = RunStatus::kSuccess;
        line::ended(*connection_, run, {}, {});
      },
      {});
  EXPECT_EQ(entry("a").status, "success");
  EXPECT_EQ(entry("a").attempts, 1);
  EXPECT_EQ(view().version, 3);
}

TEST_F(LineHolderTest, WhatAnotherRanIsFirstInLineAgain) {
  join(job("a"));
  join(job("b", "players"));
  start("a", 1);
  put_back(1);
  EXPECT_THAT(entries(), ElementsAre("1 a running", "2 b waiting")) << "its own it lets run";
  EXPECT_EQ(view().version, 3);
  put_back(2);
  put_back(2);
  EXPECT_THAT(entries(), ElementsAre("1 a waiting", "2 b waiting"));
  EXPECT_EQ(view().version, 4);
  const Entry again = entry("a");
  EXPECT_EQ(again.attempts, 1);
  EXPECT_EQ(again.job.started_at, SystemTime{});
  EXPECT_FALSE(again.wait_until) << "it has waited for the lock already";
}

TEST_F(LineHolderTest, WhatItsHolderLaysDownIsFirstAgainAndWasNoAttempt) {
  join(job("a"));
  join(job("b", "players"));
  start("a");
  connection_->write([&] { line::laid_down(*connection_, "a", {}); }, {});
  connection_->write([&] { line::laid_down(*connection_, "b", {}); }, {});
  EXPECT_THAT(entries(), ElementsAre("1 a waiting", "2 b waiting"));
  EXPECT_EQ(entry("a").attempts, 0);
  EXPECT_FALSE(entry("a").wait_until);
  EXPECT_TRUE(entry("b").wait_until) << "it was not running";
  EXPECT_EQ(view().version, 4);
}

TEST_F(LineHolderTest, WhatHasEndedItsHolderThriceHasEnded) {
  join(job("a"));
  for (std::int64_t epoch = 1; epoch <= 3; ++epoch) {
    start("a", epoch);
    EXPECT_EQ(entry("a").attempts, epoch);
    put_back(epoch + 1);
  }
  EXPECT_EQ(entry("a").state, Entry::State::kEnded);
  EXPECT_EQ(entry("a").status, "interrupted");
  EXPECT_EQ(ask(*connection_, "SELECT ended_at IS NOT NULL FROM nbasync_requests"), (Table{{"1"}}));
}

TEST_F(LineHolderTest, ForgetsWhatHasEndedAnHourAgo) {
  join(job("a"));
  end("a");
  join(job("c"));
  let_pass("59 minutes");
  forget();
  EXPECT_TRUE(line::find(*connection_, "a", {}));
  let_pass("2 minutes");
  forget();
  EXPECT_FALSE(line::find(*connection_, "a", {}));
  EXPECT_THAT(entries(), ElementsAre("2 c waiting"));
}

TEST_F(LineHolderTest, AHolderWhoseLeaseWasTakenChangesNothing) {
  auto first = lease("one.example");
  auto old = guarded(*first);
  join(job("a"));
  join(job("b", "players"));
  start(old, "a");
  run(*connection_, "UPDATE nbasync_lease SET expires_at = now() - interval '1 second'");
  auto second = lease("two.example");
  const auto rows = [&] { return ask(*connection_, "SELECT * FROM nbasync_requests ORDER BY 1"); };
  const auto before = rows();
  const auto version = view().version;
  const auto refused = [&](const std::function<void()>& work) {
    const Error error = error_of(work);
    EXPECT_EQ(error.code(), Errc::kSyncInProgress);
    EXPECT_THAT(error.what(), HasSubstr("another instance has taken the lease"));
  };
  refused([&] { end(old, "a"); });
  refused([&] { start(old, "b"); });
  refused([&] { old.write([&] { line::put_back(old, 9, {}); }, {}); });
  refused([&] { line::make_tables(old, {}); });
  EXPECT_EQ(rows(), before);
  EXPECT_EQ(view().version, version);
  auto holder = guarded(*second);
  holder.write([&] { line::put_back(holder, 2, {}); }, {});
  start(holder, "a", 2);
  EXPECT_EQ(entry("a").epoch, 2);
}

}  // namespace
}  // namespace nbasync::line_holder_test
