#include "cluster/line.hpp"

#include <gmock/gmock.h>
#include <libpq-fe.h>

#include <memory>

#include "line_fixture.hpp"

namespace nbasync::line_test {
namespace {

using line::Entry;
using std::chrono::minutes;
using ::testing::ElementsAre;
using testing::error_of;
using ::testing::HasSubstr;
using testing::HeldUp;
using ::testing::IsEmpty;

class LineTest : public testing::LineFixture {
 protected:
  // What join() says when this happens after it has read the line and before it writes.
  std::string join_while(const SyncJob& job, std::function<void()> happens,
                         const std::string& before = "WITH line") {
    HeldUp held_up(connect(), before, std::move(happens));
    return join(held_up, job);
  }
  // How long it waits, since it was asked.
  std::optional<Duration> patience(const std::string& id) { return entry(id).job.request.timeout; }
};

TEST_F(LineTest, TablesThatAreThereStayAsTheyAre) {
  join(job("a"));
  line::make_tables(*connection_, {});
  EXPECT_THAT(entries(), ElementsAre("1 a waiting"));
  EXPECT_EQ(ask(*connection_, "SELECT epoch, status FROM nbasync_state"), (Table{{"0", ""}}));
  EXPECT_EQ(ask(*connection_, "SELECT count(*) FROM nbasync_instances"), (Table{{"0"}}));
}

TEST_F(LineTest, WithoutItsRowNobodyJoinsWithoutEnd) {
  join(job("a"));
  run(*connection_, "DELETE FROM nbasync_line");
  EXPECT_THAT(error_of([&] { join(job("b", "players")); }).what(), HasSubstr("nbasync_line"));
  line::make_tables(*connection_, {});
  EXPECT_EQ(join(job("b", "players")), "queued b");
  EXPECT_EQ(entry("b").ticket, 2);
}

TEST_F(LineTest, TheFirstIsNextAndOthersWait) {
  EXPECT_EQ(join(job("a")), "started a");
  EXPECT_EQ(join(job("b", "players")), "queued b");
  EXPECT_EQ(join(job("c")), "joined a");
  EXPECT_THAT(entries(), ElementsAre("1 a waiting", "2 b waiting"));
  EXPECT_EQ(view().version, 2);
}

TEST_F(LineTest, ARequestComesBackAsItWas) {
  auto asked = job("a", "full");
  asked.request.steps = {"teams", "players"};
  asked.request.dry_run = asked.request.force = true;
  asked.request.triggered_by = "schedule:nightly";
  asked.request.requester = "root";
  asked.request.decision = DecisionKind::kCaughtUp;
  asked.request.cause = "due at 04:00";
  options_.holding = 7;
  const auto before = *parse_utc(ask(*connection_,
                                     "SELECT to_char(now() AT TIME ZONE 'UTC', "
                                     "'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')")
                                     .at(0)
                                     .at(0));
  join(asked);
  const Entry read = entry("a");
  const SyncRequest& request = read.job.request;
  EXPECT_TRUE(identical(request, asked.request));
  EXPECT_EQ(request.run_id, "a");
  EXPECT_EQ(request.triggered_by, "schedule:nightly");
  EXPECT_EQ(request.requester, "root");
  EXPECT_EQ(request.decision, DecisionKind::kCaughtUp);
  EXPECT_EQ(request.cause, "due at 04:00");
  EXPECT_EQ(request.timeout, asked.request.timeout);
  EXPECT_EQ(request.run_timeout, asked.request.run_timeout);
  EXPECT_EQ(request.if_busy, IfBusy::kQueue);
  EXPECT_EQ(read.taken_by, "one.example");
  EXPECT_EQ(read.holding, 7);
  EXPECT_GE(read.job.requested_at, before);
  EXPECT_EQ(read.wait_until, read.job.requested_at + minutes(1));
  EXPECT_EQ(read.job.started_at, SystemTime{});
  EXPECT_EQ(read.attempts, 0);
  EXPECT_EQ(read.epoch, 0);
}

TEST_F(LineTest, UnusualTextIsKeptAsFarAsTheServerTakesIt) {
  using namespace std::string_literals;
  auto asked = job("it's \\ \"a\"; $1");
  asked.request.requester = "a\0b\xff'); DROP TABLE nbasync_line; --"s;
  asked.request.cause = "two\nlines, \xc3\xa9";
  EXPECT_EQ(join(asked), "started " + asked.run_id);
  end(*connection_, asked.run_id, RunStatus::kFailed, "$2 '\\\0"s);
  const Entry read = entry(asked.run_id);
  EXPECT_EQ(read.job.request.requester, "a\ufffdb\ufffd'); DROP TABLE nbasync_line; --");
  EXPECT_EQ(read.job.request.cause, asked.request.cause);
  EXPECT_EQ(read.result, "$2 '\\\ufffd");
}

TEST_F(LineTest, AVeryLongPatienceIsOneOfTenYears) {
  auto asked = job("a");
  asked.request.timeout = Duration::max();
  join(asked);
  EXPECT_EQ(patience("a"), Duration(std::chrono::years(10)));
}

TEST_F(LineTest, WhoIsRefusedLearnsWhoIsInTheWay) {
  options_.limit = 1;
  join(job("a"));
  start("a");
  join(job("b", "players"));
  const auto full = line::join(*connection_, job("c", "games"), options_, {});
  ASSERT_TRUE(full.refusal);
  EXPECT_EQ(full.refusal->code, Errc::kQueueFull);
  EXPECT_EQ(full.refusal->holder->run_id, "a");
  EXPECT_EQ(full.refusal->queue_length, 1U);
  EXPECT_EQ(join(job("d", "games", IfBusy::kFail)), "in progress");
  EXPECT_EQ(view().version, 3);
}

TEST_F(LineTest, WhoJoinsMakesItWaitAsLongAsHeWould) {
  join(job("a"));
  auto patient = job("b");
  patient.request.timeout = minutes(9);
  EXPECT_EQ(join(patient), "joined a");
  EXPECT_GE(patience("a"), Duration(minutes(9)));
  join(job("c"));
  EXPECT_GE(patience("a"), Duration(minutes(9)));
}

TEST_F(LineTest, OneThatWaitsWithoutEndGoesOnDoingSo) {
  auto asked = job("a");
  asked.request.timeout.reset();
  join(asked);
  EXPECT_EQ(join(job("b")), "joined a");
  EXPECT_FALSE(entry("a").wait_until);
  join(job("c", "players"));
  asked = job("d", "players");
  asked.request.timeout.reset();
  EXPECT_EQ(join(asked), "joined c");
  EXPECT_FALSE(entry("c").wait_until);
}

TEST_F(LineTest, ALineThatHasChangedIsReadAgain) {
  EXPECT_EQ(join_while(job("a"), [&] { join(job("b")); }), "joined b");
  EXPECT_EQ(join_while(job("c", "players"), [&] { join(job("d", "games")); }), "queued c");
  EXPECT_THAT(entries(), ElementsAre("1 b waiting", "2 d waiting", "3 c waiting"));
  options_.limit = 4;
  EXPECT_EQ(join_while(job("e", "game_logs"), [&] { join(job("f", "schedule")); }), "full");
  EXPECT_EQ(view().version, 4);
}

TEST_F(LineTest, OneThatEndsWhileAnotherJoinsItAnswersItsOwnOnly) {
  join(job("a"));
  EXPECT_EQ(join_while(
                job("b"), [&] { end("a"); }, "UPDATE nbasync_requests"),
            "started b");
  EXPECT_EQ(join_while(
                job("c"), [&] { leave("b"); }, "UPDATE nbasync_requests"),
            "started c");
  EXPECT_THAT(entries(), ElementsAre("2 b waiting", "3 c waiting"));
}

TEST_F(LineTest, ARunThatIsJoinedMayBePutBackMeanwhile) {
  join(job("a"));
  start("a");
  EXPECT_EQ(join_while(
                job("b", "teams", IfBusy::kJoin), [&] { put_back(2); }, "UPDATE nbasync_requests"),
            "joined a");
}

TEST_F(LineTest, ARequestThatIsAskedAgainIsTheSame) {
  join(job("a"));
  start("a");
  EXPECT_EQ(join(job("a")), "joined a");
  end("a");
  EXPECT_EQ(join(job("a")), "joined a");
  EXPECT_EQ(entry("a").ticket, 1);
  EXPECT_EQ(join(job("b")), "started b");
  EXPECT_EQ(entry("b").ticket, 2);
}

TEST_F(LineTest, WhoLeavesIsJoinedByNobodyAndKeepsTheFirstReason) {
  options_.limit = 2;
  EXPECT_FALSE(leave("a"));
  join(job("a"));
  join(job("b", "players"));
  EXPECT_TRUE(leave("a", "timeout"));
  EXPECT_TRUE(leave("a", "cancelled"));
  EXPECT_EQ(entry("a").leave, "timeout");
  EXPECT_EQ(join(job("c")), "queued c") << "nor has it a place";
  end("a", RunStatus::kTimeout);
  EXPECT_FALSE(leave("a"));
  EXPECT_EQ(entry("a").status, "timeout");
}

TEST_F(LineTest, WhoRunsIsJoinedAlsoWhenItIsAskedToEnd) {
  join(job("a"));
  start("a");
  EXPECT_TRUE(leave("a"));
  EXPECT_EQ(join(job("b", "teams", IfBusy::kJoin)), "joined a");
}

// Rings and a word of the test's own come in the order in which they were sent.
TEST_F(LineTest, RingsForThoseWhoListenIfItMay) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> listener(
      PQconnectdb(server_->url(name_).c_str()), &PQfinish);
  PQclear(PQexec(listener.get(), "LISTEN nbasync"));
  ASSERT_EQ(PQstatus(listener.get()), CONNECTION_OK) << PQerrorMessage(listener.get());
  const auto rings = [&] {
    run(*connection_, "NOTIFY nbasync, 'end'");
    for (int count = 0;;) {
      PQclear(PQexec(listener.get(), "SELECT 1"));
      while (PGnotify* told = PQnotifies(listener.get())) {
        const std::string extra = told->extra;
        PQfreemem(told);
        if (extra == "end") return count;
        ++count;
      }
    }
  };
  join(job("a"));
  EXPECT_EQ(rings(), 1);
  leave("a");
  EXPECT_EQ(rings(), 1);
  options_.rings = false;
  join(job("b", "players"));
  line::leave(*connection_, "b", "cancelled", false, {});
  EXPECT_EQ(rings(), 0);
  EXPECT_EQ(entry("b").leave, "cancelled");
}

TEST_F(LineTest, AStopRequestEndsIt) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(
      error_of([&] { line::join(*connection_, job("a"), options_, stop.get_token()); }).code(),
      Errc::kCancelled);
  EXPECT_THAT(entries(), IsEmpty());
}

}  // namespace
}  // namespace nbasync::line_test
