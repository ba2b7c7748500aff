#include "sync/sync_service.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "db/file_database.hpp"
#include "db/lock_file.hpp"
#include "store/old_runs.hpp"
#include "support/fake_clock.hpp"
#include "support/fake_fetcher.hpp"
#include "support/manual_executor.hpp"
#include "support/small_answers.hpp"
#include "support/sync_parts.hpp"
#include "support/temporary_directory.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

using std::chrono::seconds;
using testing::FakeClock;
using testing::FakeFetcher;
using testing::ManualExecutor;

class SyncServiceTest : public ::testing::Test {
 protected:
  SyncServiceTest() {
    testing::answer_with_two_teams(fetcher_);
    lock_.try_lock("daemon", clock_.wall());
    ServiceOptions options;
    options.queue_limit = 3;
    options.season = "2025-26";
    options.defaults = {{"full", {seconds(300), false}}, {"teams", {seconds(5), true}}};
    service_ = make_service(options);
    service_->observe([this](const SyncEvent& event) {
      static constexpr const char* kNames[] = {"queued", "started", "progress", "finished"};
      if (event.kind == SyncEvent::Kind::kProgress) {
        ++progress_told_;
        requests_told_ = event.requests_done;
        return;
      }
      events_.push_back(std::string(kNames[static_cast<int>(event.kind)]) + " " + event.sync_type);
    });
  }

  std::unique_ptr<SyncService> make_service(ServiceOptions options) {
    return std::make_unique<SyncService>(executor_, wheel_, clock_, parts_.work(), parts_.log,
                                         parts_.readers, parts_.history(), std::move(options));
  }

  static SyncRequest request(const std::string& type) {
    SyncRequest request;
    request.sync_type = type;
    request.triggered_by = "dbus";
    request.requester = "dbus :1.7";
    return request;
  }

  // Asks, and gives the answer to it; a run that begins does not work yet.
  Admission ask(SyncRequest request, std::function<void(const RunRecord&)> done = nullptr) {
    std::optional<Admission> answer;
    service_->sync(
        std::move(request), [&](const Admission& admission) { answer = admission; },
        std::move(done));
    EXPECT_FALSE(answer) << "callbacks never come inside the call";
    executor_.turn();
    return *answer;
  }

  // A run that has begun, and holds the lock until the test lets it work.
  std::string hold(const std::string& type = "teams",
                   std::function<void(const RunRecord&)> done = nullptr) {
    const auto run_id = ask(request(type), std::move(done)).run_id;
    executor_.work_one();  // its row of the log
    executor_.turn();
    return run_id;
  }

  void pass(Duration time) {
    clock_.advance(time);
    wheel_.advance(to_tick(clock_.steady()));
    executor_.turn();
  }

  testing::TemporaryDirectory directory_;
  std::string database_ = directory_.path() / "nba_data.db";
  FakeClock clock_;
  ManualExecutor executor_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  FakeFetcher fetcher_;
  LockFile lock_{database_};
  testing::SyncParts parts_{database_, executor_, wheel_, clock_, fetcher_, lock_};
  std::unique_ptr<SyncService> service_;
  std::vector<std::string> events_;
  int progress_told_ = 0;
  std::optional<unsigned> requests_told_;
};

TEST_F(SyncServiceTest, WhatIsWorthSayingOfASuccessIsItsNote) {
  fetcher_.answer("scheduleLeagueV2",
                  R"({"leagueSchedule":{"seasonYear":"2026-27","leagueId":"00","gameDates":[]}})");
  fetcher_.answer("scheduleleaguev2",
                  R"({"leagueSchedule":{"seasonYear":"2025-26","leagueId":"00","gameDates":[]}})");
  RunRecord ended;
  const auto admission = ask(request("schedule"), [&](const RunRecord& run) { ended = run; });
  executor_.drain();
  EXPECT_EQ(ended.status, RunStatus::kSuccess) << ended.error_message;
  EXPECT_EQ(ended.error_message, "");
  EXPECT_NE(ended.note.find("2026-27"), std::string::npos) << ended.note;
  EXPECT_EQ(parts_.find(admission.run_id)->note, ended.note);
}

TEST_F(SyncServiceTest, FreeLockStartsARunAndTellsItsEnd) {
  RunRecord ended;
  const auto admission = ask(request("teams"), [&](const RunRecord& run) { ended = run; });
  EXPECT_EQ(admission.disposition, Disposition::kStarted);
  ASSERT_NE(service_->current(), nullptr);
  EXPECT_EQ(service_->current()->run_id, admission.run_id);

  executor_.drain();
  EXPECT_EQ(ended.run_id, admission.run_id);
  EXPECT_EQ(ended.status, RunStatus::kSuccess) << ended.error_message;
  EXPECT_EQ(ended.inserted, 2);
  EXPECT_EQ(ended.requests, 2);
  EXPECT_EQ(service_->current(), nullptr);
  EXPECT_EQ(events_, (std::vector<std::string>{"started teams", "finished teams"}));
  EXPECT_EQ(parts_.find(admission.run_id)->records_synced, 2);
}

TEST_F(SyncServiceTest, WhoSaysThatItWaitsInLineWaitsAsLongAsItsRunMayTake) {
  hold("full");
  auto patient = request("teams");  // by default it would wait for 5 s
  patient.if_busy = IfBusy::kQueue;
  patient.run_timeout = seconds(60);
  std::string end;
  ask(patient, [&](const RunRecord& run) { end = to_string(run.status); });
  pass(seconds(59));
  EXPECT_EQ(end, "");
  pass(seconds(1));
  EXPECT_EQ(end, "timeout");
}

TEST_F(SyncServiceTest, NobodyCanHaveTheDaemonRememberCallersWithoutEnd) {
  const auto run_id = hold();
  auto joining = request("teams");
  joining.if_busy = IfBusy::kJoin;
  std::size_t told = 0;
  for (std::size_t i = 1; i < RunListeners::kMost; ++i) {
    ASSERT_FALSE(ask(joining, [&](const RunRecord&) { ++told; }).refusal) << i;
  }
  const auto refused = ask(joining);
  ASSERT_TRUE(refused.refusal);
  EXPECT_EQ(refused.refusal->code, Errc::kQueueFull);
  std::optional<RunReply> reply;
  service_->await_run(run_id, {}, [&](const RunReply& answer) { reply = answer; });
  executor_.turn();
  ASSERT_TRUE(reply);
  EXPECT_EQ(error_of(*reply)->code(), Errc::kQueueFull);
  executor_.drain();
  EXPECT_EQ(told, RunListeners::kMost - 1) << "whoever was taken in is told";
}

TEST_F(SyncServiceTest, ProgressIsToldFourTimesASecondAlsoOfShortRunsInARow) {
  for (int i = 0; i < 20; ++i) {
    ask(request("teams"));
    executor_.drain();
    clock_.advance(Duration(50));
  }
  EXPECT_EQ(progress_told_, 4) << "within a second";
}

TEST_F(SyncServiceTest, ProgressThatCameTooSoonIsToldInItsTimeAlsoIfNoMoreComes) {
  hold();
  executor_.work_one();  // all of its work; the row of its end is not written yet
  executor_.turn();
  EXPECT_EQ(progress_told_, 1);
  EXPECT_EQ(requests_told_, 0U) << "the first of all";
  pass(Duration(249));
  EXPECT_EQ(progress_told_, 1);
  pass(Duration(1));
  EXPECT_EQ(progress_told_, 2);
  EXPECT_EQ(requests_told_, 2U) << "the last of all";
  pass(seconds(9));
  EXPECT_EQ(progress_told_, 2) << "each once";
  executor_.drain();
}

TEST_F(SyncServiceTest, WhatWasKeptBackIsNotToldOnceTheRunIsOver) {
  ask(request("teams"));
  executor_.drain();
  pass(seconds(9));
  EXPECT_EQ(progress_told_, 1);
}

TEST_F(SyncServiceTest, SecondRequestWaitsForTheFirst) {
  hold();
  const auto second = ask(request("schedule"));
  EXPECT_EQ(second.disposition, Disposition::kQueued);
  EXPECT_EQ(service_->brief_status().queue.at(0).run_id, second.run_id);
  for (int part = 0; part < 2; ++part) {  // the run, and its row of the log
    executor_.work_one();
    executor_.turn();
  }
  EXPECT_EQ(service_->current()->run_id, second.run_id);
  executor_.drain();
}

TEST_F(SyncServiceTest, FullIsRefusedAtOnceWithTheSentenceThatNamesTheHolder) {
  const auto holder = hold();
  clock_.advance(seconds(12));
  const auto admission = ask(request("full"));
  ASSERT_TRUE(admission.refusal);
  EXPECT_EQ(admission.refusal->code, Errc::kSyncInProgress);
  EXPECT_EQ(admission.refusal->message,
            "Another sync operation is already in progress: teams started at 2026-01-15T12:00:00Z "
            "(run " +
                holder + ", 12 s ago, requested by dbus :1.7; 0 waiting)");
  executor_.drain();
}

TEST_F(SyncServiceTest, RequestMayWaitWhereItsTypeDoesNot) {
  hold();
  auto patient = request("full");
  patient.wait = true;
  EXPECT_EQ(ask(patient).disposition, Disposition::kQueued);
  auto impatient = request("teams");
  impatient.if_busy = IfBusy::kFail;
  EXPECT_TRUE(ask(impatient).refusal);
  service_->shut_down([] {});
  executor_.drain();
}

TEST_F(SyncServiceTest, WaitForTheLockEndsAfterTheTypesTimeout) {
  hold("schedule");
  RunRecord ended;
  const auto waiting = ask(request("teams"), [&](const RunRecord& run) { ended = run; });
  pass(Duration(4999));
  EXPECT_TRUE(ended.run_id.empty());
  pass(Duration(1));
  EXPECT_EQ(ended.run_id, waiting.run_id);
  EXPECT_EQ(ended.status, RunStatus::kTimeout);
  EXPECT_EQ(ended.error_code, "lock-timeout");
  EXPECT_NE(ended.error_message.find("schedule started at"), std::string::npos);
  EXPECT_TRUE(service_->brief_status().queue.empty());
  executor_.drain();
  EXPECT_EQ(parts_.find(waiting.run_id)->status, RunStatus::kTimeout);
}

TEST_F(SyncServiceTest, OneOfTwoCallersGivesUpAndTheRunStaysForTheOther) {
  hold("schedule");
  std::vector<std::string> ends;
  auto patient = request("teams");
  patient.timeout = seconds(60);
  const auto first = ask(request("teams"), [&](const RunRecord& run) {
    ends.push_back("first " + std::string(to_string(run.status)));
  });
  const auto second = ask(patient, [&](const RunRecord& run) {
    ends.push_back("second " + std::string(to_string(run.status)));
  });
  EXPECT_EQ(second.disposition, Disposition::kJoined);
  EXPECT_EQ(second.run_id, first.run_id);
  pass(seconds(5));
  EXPECT_EQ(ends, (std::vector<std::string>{"first timeout"}));
  executor_.drain();
  EXPECT_EQ(ends, (std::vector<std::string>{"first timeout", "second success"}));
}

TEST_F(SyncServiceTest, WaitingRunCanBeCancelled) {
  hold("schedule");
  RunRecord ended;
  const auto waiting = ask(request("teams"), [&](const RunRecord& run) { ended = run; });
  EXPECT_TRUE(service_->cancel(waiting.run_id));
  EXPECT_TRUE(ended.run_id.empty()) << "callbacks never come inside the call";
  executor_.turn();
  EXPECT_EQ(ended.status, RunStatus::kCancelled);
  EXPECT_FALSE(service_->cancel(waiting.run_id));
  executor_.drain();
}

TEST_F(SyncServiceTest, ACancelIsAnsweredBeforeTheEndThatItBrings) {
  hold("schedule");
  std::vector<std::string> told;
  const auto waiting = ask(request("teams"),
                           [&](const RunRecord& run) { told.emplace_back(to_string(run.status)); });
  const auto answer = [&](const Result<bool>& known) {
    told.emplace_back(value_of(known) ? "known" : "unknown");
  };
  service_->cancel(waiting.run_id, answer);
  service_->cancel(waiting.run_id, answer);
  EXPECT_TRUE(told.empty()) << "callbacks never come inside the call";
  executor_.drain();
  EXPECT_EQ(told, (std::vector<std::string>{"known", "cancelled", "unknown"}));
}

TEST_F(SyncServiceTest, RunningRunCanBeCancelledAndChangesNothing) {
  RunRecord ended;
  const auto run = ask(request("teams"), [&](const RunRecord& record) { ended = record; });
  fetcher_.on_get([&](const Request&, const std::stop_token&) { service_->cancel(run.run_id); });
  executor_.drain();
  EXPECT_EQ(ended.status, RunStatus::kCancelled);
  EXPECT_EQ(ended.inserted, 0);
  EXPECT_EQ(parts_.find(run.run_id)->status, RunStatus::kCancelled);
}

TEST_F(SyncServiceTest, RunIsCancelledAtItsDeadline) {
  auto hasty = request("teams");
  hasty.run_timeout = seconds(7);
  RunRecord ended;
  ask(hasty, [&](const RunRecord& record) { ended = record; });
  fetcher_.on_get([&](const Request&, const std::stop_token&) {
    clock_.advance(seconds(7));
    wheel_.advance(to_tick(clock_.steady()));
  });
  executor_.drain();
  EXPECT_EQ(ended.status, RunStatus::kTimeout);
  EXPECT_EQ(ended.error_code, "run-timeout");
}

TEST_F(SyncServiceTest, FullQueueRefusesTheNext) {
  hold("schedule");
  for (const auto* type : {"teams", "season_stats", "game_logs"}) {
    EXPECT_EQ(ask(request(type)).disposition, Disposition::kQueued);
  }
  const auto admission = ask(request("todays_games"));
  ASSERT_TRUE(admission.refusal);
  EXPECT_EQ(admission.refusal->code, Errc::kQueueFull);
  EXPECT_EQ(admission.refusal->queue_length, 3U);
  service_->shut_down([] {});
  executor_.drain();
}

TEST_F(SyncServiceTest, UnknownTypeIsRefusedWithTheNearestKnown) {
  const auto admission = ask(request("team"));
  ASSERT_TRUE(admission.refusal);
  EXPECT_EQ(admission.refusal->code, Errc::kUnknownType);
  EXPECT_EQ(admission.refusal->message, "unknown sync type 'team'; did you mean 'teams'?");
}

TEST_F(SyncServiceTest, SeasonThatIsNoneIsRefused) {
  auto wrong = request("teams");
  wrong.season = "2025-27";
  EXPECT_EQ(ask(wrong).refusal->code, Errc::kInvalidArgument);
}

TEST_F(SyncServiceTest, SeasonAutoIsTheLeaguesSeasonOfToday) {
  auto automatic = request("teams");
  automatic.season = "auto";
  clock_.set_wall(*parse_utc("2026-07-01T03:59:59Z"));  // still June in New York
  ask(automatic);
  EXPECT_EQ(service_->current()->request.season, "2025-26");
  executor_.drain();
  clock_.set_wall(*parse_utc("2026-07-01T04:00:00Z"));
  ask(automatic);
  EXPECT_EQ(service_->current()->request.season, "2026-27");
  executor_.drain();
}

TEST_F(SyncServiceTest, WaitIsToldTheEndOfARunningRun) {
  const auto run_id = hold();
  std::vector<RunReply> replies;
  service_->await_run(run_id, {}, [&](RunReply reply) { replies.push_back(std::move(reply)); });
  EXPECT_TRUE(replies.empty());
  executor_.drain();
  ASSERT_EQ(replies.size(), 1U);
  EXPECT_EQ(std::get<RunRecord>(replies[0]).status, RunStatus::kSuccess);
}

TEST_F(SyncServiceTest, WaitEndsAtItsOwnTimeoutAndTheRunGoesOn) {
  const auto run_id = hold();
  std::vector<RunReply> replies;
  service_->await_run(run_id, seconds(2), [&](RunReply reply) { replies.push_back(reply); });
  pass(seconds(2));
  ASSERT_EQ(replies.size(), 1U);
  EXPECT_EQ(std::get<Error>(replies[0]).code(), Errc::kLockTimeout);
  EXPECT_NE(service_->current(), nullptr);
  executor_.drain();
  EXPECT_EQ(replies.size(), 1U);
}

TEST_F(SyncServiceTest, EndedAndUnknownRunsAreAnsweredFromTheLog) {
  const auto run_id = hold();
  executor_.drain();
  std::vector<RunReply> replies;
  const auto keep = [&](RunReply reply) { replies.push_back(std::move(reply)); };
  service_->await_run(run_id, {}, keep);
  service_->find_run("no-such-run", keep);
  executor_.drain();
  ASSERT_EQ(replies.size(), 2U);
  EXPECT_EQ(std::get<RunRecord>(replies[0]).run_id, run_id);
  EXPECT_EQ(std::get<Error>(replies[1]).code(), Errc::kUnknownRun);
}

TEST_F(SyncServiceTest, DryRunCountsAndLeavesNoTrace) {
  auto dry = request("teams");
  dry.dry_run = true;
  RunRecord ended;
  EXPECT_EQ(ask(dry, [&](const RunRecord& run) { ended = run; }).disposition, Disposition::kDryRun);
  executor_.drain();
  EXPECT_EQ(ended.inserted, 2);
  EXPECT_TRUE(ended.dry_run);
  EXPECT_FALSE(parts_.find(ended.run_id));
  EXPECT_TRUE(service_->recent().empty());
  EXPECT_TRUE(service_->last_success().empty());
  hold();
  executor_.drain();
  EXPECT_EQ(service_->recent().at(0).inserted, 2) << "the dry run stored nothing";
}

TEST_F(SyncServiceTest, AFullSyncDoesWhatSyncFullSaysInTheCatalogsOrder) {
  const auto steps_of = [&](const std::string& season) {
    std::vector<std::string> names;
    auto full = request("full");
    full.season = season;
    ask(full, [&](const RunRecord& run) {
      for (const auto& step : run.steps) names.push_back(step.sync_type);
    });
    executor_.drain();
    return names;
  };
  ServiceOptions options;
  options.full = {"todays_games", "schedule", "teams"};
  parts_.planner.set_options(options);
  using Names = std::vector<std::string>;
  EXPECT_EQ(steps_of("2025-26"), (Names{"teams", "schedule", "todays_games"}));
  EXPECT_EQ(steps_of("2019-20"), (Names{"teams", "schedule"})) << "the scoreboard is of today";
  options.full = {"teams"};
  parts_.planner.set_options(options);
  EXPECT_EQ(steps_of("2025-26"), Names{"teams"});
}

// status --check would tell for ever of what nobody wants.
TEST_F(SyncServiceTest, WhatFullSyncsLeaveOutIsNotStaleBeforeItsFirstSync) {
  const auto is_stale = [&](const std::string& name) {
    const auto status = service_->brief_status();
    return std::ranges::find(status.datasets, name, &protocol::DatasetState::name)->stale;
  };
  EXPECT_TRUE(is_stale("players"));
  ServiceOptions options;
  options.full = {"teams"};
  service_->set_options(options);
  EXPECT_FALSE(is_stale("players"));
  EXPECT_TRUE(is_stale("teams"));
}

TEST_F(SyncServiceTest, HistoryOutlivesTheService) {
  hold();
  executor_.drain();
  const auto next = make_service({});
  ASSERT_EQ(next->recent().size(), 1U);
  EXPECT_EQ(next->recent()[0].sync_type, "teams");
  EXPECT_EQ(next->last_success().count("teams"), 1U);
}

TEST_F(SyncServiceTest, AfterALongReaderTheWriteAheadLogIsEmptiedWithoutARun) {
  const auto bytes = [&] { return std::filesystem::file_size(database_ + "-wal"); };
  hold();
  executor_.drain();
  ASSERT_EQ(bytes(), 0U);
  SQLite::Database reader(database_, SQLite::OPEN_READONLY);
  reader.exec("BEGIN");
  reader.execAndGet("SELECT count(*) FROM nba_teams");
  hold();
  executor_.drain();
  pass(seconds(30));
  executor_.drain();
  EXPECT_GT(bytes(), 0U) << "it is still read";
  reader.exec("COMMIT");
  pass(seconds(30));
  executor_.drain();
  EXPECT_EQ(bytes(), 0U);
  EXPECT_FALSE(wheel_.next()) << "nothing more to look after";
}

TEST_F(SyncServiceTest, ARunOlderThanTheHistoryLeavesTheLogWhenAnotherEnds) {
  parts_.log.set_history(std::chrono::days(90));
  const auto first = hold();
  executor_.drain();
  clock_.advance(std::chrono::days(89));
  for (std::size_t run = 0; run < old_runs::kKeptOfEachType; ++run) {
    hold();
    executor_.drain();
  }
  EXPECT_TRUE(parts_.find(first));
  clock_.advance(std::chrono::days(2));
  hold();
  executor_.drain();
  EXPECT_FALSE(parts_.find(first));
}

// Another program may hold the database for long: the row that says 'started' waits for it.
TEST_F(SyncServiceTest, ARunThatCannotBeginYetEndsSoonWhenItIsCancelled) {
  RunRecord ended;
  const auto run_id = ask(request("teams"), [&](const RunRecord& run) { ended = run; }).run_id;
  EXPECT_EQ(service_->current()->run_id, run_id);
  EXPECT_TRUE(service_->cancel(run_id));
  pass(Duration(50));
  EXPECT_EQ(service_->current(), nullptr);
  EXPECT_EQ(ended.status, RunStatus::kCancelled);
  executor_.drain();
  EXPECT_TRUE(fetcher_.asked().empty()) << "it never began";
  EXPECT_EQ(parts_.find(run_id)->status, RunStatus::kCancelled);
}

TEST_F(SyncServiceTest, ARunWhoseRowCannotBeWrittenFailsAndTheNextOneIsTried) {
  parts_.database.connect_writer()->run(
      "CREATE TRIGGER forbids BEFORE INSERT ON data_sync_log BEGIN SELECT raise(ABORT, 'no'); END",
      {}, {});
  RunRecord ended;
  const auto run_id = ask(request("teams"), [&](const RunRecord& run) { ended = run; }).run_id;
  executor_.work_one();
  executor_.turn();
  pass(Duration(50));
  EXPECT_EQ(ended.status, RunStatus::kFailed);
  EXPECT_EQ(ended.error_code, "storage");
  parts_.database.connect_writer()->run("DROP TRIGGER forbids", {}, {});
  pass(seconds(1));
  executor_.drain();
  EXPECT_EQ(parts_.find(run_id)->status, RunStatus::kFailed) << "a row is never dropped";
}

TEST_F(SyncServiceTest, TablesThatSomebodyDropsAreThereAgainForTheNextRun) {
  const auto sync = [this] {
    RunRecord ended;
    ask(request("teams"), [&](const RunRecord& run) { ended = run; });
    executor_.drain();
    return ended;
  };
  parts_.database.connect_writer()->run("DROP TABLE nba_teams", {}, {});
  EXPECT_EQ(sync().inserted, 2);
  parts_.database.connect_writer()->run("DROP TABLE data_sync_log", {}, {});
  const auto failed = sync();
  EXPECT_EQ(failed.error_code, "storage");
  EXPECT_EQ(sync().status, RunStatus::kSuccess);
  EXPECT_EQ(parts_.find(failed.run_id)->status, RunStatus::kFailed);
}

// The database under the service, as a restored backup has it.
class ReplacedDatabaseTest : public SyncServiceTest {
 protected:
  // A copy of the database as it is now, to be put in its place later.
  void backup() { parts_.database.connect_writer()->run("VACUUM INTO '" + copy_ + "'", {}, {}); }
  void put_back() const { std::filesystem::rename(copy_, database_); }
  std::int64_t teams() {
    std::int64_t count = -1;
    FileDatabase(database_).connect_reader()->each(
        "SELECT count(*) FROM nba_teams", {}, [&](const Row& row) { count = to_integer(row[0]); },
        {});
    return count;
  }
  std::string in_log(const std::string& run_id) {
    const auto row = run_log::find(*FileDatabase(database_).connect_reader(), run_id, {});
    return row ? row->error_code : "no row";
  }

  std::string copy_ = directory_.path() / "copy.db";
};

TEST_F(ReplacedDatabaseTest, BetweenRunsTheNextOneSaysSoAndTheOneAfterItWorks) {
  backup();
  ask(request("teams"));
  executor_.drain();
  put_back();
  RunRecord ended;
  const auto keep = [&](const RunRecord& run) { ended = run; };
  ask(request("teams"), keep);
  executor_.drain();
  EXPECT_EQ(ended.error_code, "storage-replaced");
  EXPECT_NE(ended.error_message.find("it was replaced by another file"), std::string::npos)
      << ended.error_message;
  EXPECT_EQ(in_log(ended.run_id), "storage-replaced") << "its row is in the new file";
  EXPECT_EQ(teams(), 0);
  ask(request("teams"), keep);
  executor_.drain();
  EXPECT_EQ(ended.status, RunStatus::kSuccess) << ended.error_message;
  EXPECT_EQ(teams(), 2);
}

TEST_F(ReplacedDatabaseTest, WhileARunFetchesItFails) {
  backup();
  RunRecord ended;
  hold("teams", [&](const RunRecord& run) { ended = run; });
  fetcher_.on_get([&](const Request&, const std::stop_token&) {
    if (std::filesystem::exists(copy_)) put_back();
  });
  executor_.drain();
  EXPECT_EQ(ended.error_code, "storage-replaced");
  EXPECT_EQ(teams(), 0);
}

// It has written to the file before: that is no success of what is there now.
TEST_F(ReplacedDatabaseTest, AfterTheWorkAndBeforeItsRowTheRunHasFailed) {
  backup();
  RunRecord ended;
  const auto run_id = hold("teams", [&](const RunRecord& run) { ended = run; });
  executor_.work_one();
  put_back();
  executor_.drain();
  EXPECT_EQ(ended.run_id, run_id);
  EXPECT_EQ(ended.error_code, "storage-replaced");
  EXPECT_EQ(in_log(run_id), "storage-replaced");
  EXPECT_TRUE(service_->last_success().empty());
}

// Steps that had ended before are not in the new file either.
TEST_F(ReplacedDatabaseTest, OfAFullRunNoStepIsASuccess) {
  backup();
  RunRecord ended;
  hold("full", [&](const RunRecord& run) { ended = run; });
  fetcher_.on_get([&](const Request&, const std::stop_token&) {
    if (fetcher_.asked().size() > 2 && std::filesystem::exists(copy_)) put_back();
  });
  executor_.drain();
  ASSERT_GT(ended.steps.size(), 1U);
  EXPECT_EQ(ended.status, RunStatus::kFailed);
  EXPECT_EQ(ended.steps[0].sync_type, "teams");
  EXPECT_EQ(ended.steps[0].error_code, "storage-replaced");
  pass(seconds(1));  // the log's writer was told that the file is another, and tries again
  executor_.drain();
  EXPECT_EQ(in_log(ended.run_id + "/teams"), "storage-replaced");
  EXPECT_FALSE(service_->last_success().contains("teams"));
}

TEST_F(SyncServiceTest, SuccessIsToldWhenItsRowIsWritten) {
  RunRecord ended;
  const auto run_id = hold("teams", [&](const RunRecord& run) { ended = run; });
  executor_.work_one();
  executor_.turn();
  EXPECT_EQ(service_->current()->run_id, run_id) << "the lock is held until then";
  EXPECT_FALSE(service_->cancel(run_id)) << "it has succeeded";
  EXPECT_TRUE(ended.run_id.empty());
  executor_.work_one();
  EXPECT_EQ(parts_.find(run_id)->status, RunStatus::kSuccess);
  executor_.turn();
  EXPECT_EQ(ended.status, RunStatus::kSuccess);
}

TEST_F(SyncServiceTest, ShutDownInterruptsWhatRunsAndWhatWaits) {
  std::vector<std::string> ends;
  const auto keep = [&](const RunRecord& run) {
    ends.push_back(run.sync_type + " " + std::string(to_string(run.status)));
  };
  hold("teams", keep);
  ask(request("schedule"), keep);
  bool drained = false;
  service_->shut_down([&] { drained = true; });
  EXPECT_EQ(ask(request("teams"), keep).refusal->code, Errc::kShuttingDown);
  EXPECT_FALSE(drained);
  executor_.drain();
  EXPECT_TRUE(drained);
  EXPECT_EQ(ends, (std::vector<std::string>{"schedule interrupted", "teams interrupted"}));
}

}  // namespace
}  // namespace nbasync
