#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "db/file_database.hpp"
#include "log/log.hpp"
#include "store/store.hpp"
#include "support/fake_clock.hpp"
#include "support/manual_executor.hpp"
#include "support/rounds.hpp"
#include "support/temporary_directory.hpp"
#include "sync/sync_service.hpp"
#include "timer/tick.hpp"

// Random requests, cancels, waits, timeouts and ends, with callbacks that ask, cancel, wait and
// stop themselves, against the rules of the lock told simply. Runs and the log are made up; the
// service, its timers and its threads' order are real.

namespace nbasync {
namespace {

using testing::FakeClock;
using testing::ManualExecutor;

const int kSteps = static_cast<int>(testing::rounds(100'000));
constexpr std::size_t kLimit = 4;
constexpr const char* kTypes[] = {"teams", "schedule", "game_logs", "full"};

class SyncServiceModel {
 public:
  explicit SyncServiceModel(unsigned seed) : random_(seed), tables_(database_) { boot(); }

  void step() {
    switch (pick(12)) {
      case 0:
      case 1:
      case 2:
        ask();
        break;
      case 3:
        cancel();
        break;
      case 4:
        await();
        break;
      case 5:
        pass();
        break;
      case 6:
        if (pick(150) == 0) stop();
        break;
      default:
        if (executor_.jobs() > 0) executor_.work_one();
        if (pick(3) != 0) turn();
    }
    check();
    if (stopped_ && executor_.jobs() == 0) restart();
  }

  // Lets all that is under way end, and counts what was promised.
  void finish() {
    if (!stopping_) stop();
    executor_.drain();
    pass_all();
    EXPECT_TRUE(stopped_);
    check_promises();
  }

  int runs_begun() const { return runs_begun_; }
  int asked_again() const { return asked_again_; }

 private:
  struct Key {
    std::string type;
    bool dry_run;
    bool operator==(const Key&) const = default;
  };
  // A callback that is owed: how often it came.
  struct Promise {
    const char* what;
    int times = 0;
    int at_most = 1;
    int at_least = 1;
  };

  int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }

  void boot() {
    log_ = std::make_unique<LogWriter>(executor_, wheel_, clock_,
                                       [this](const LogBatch&, const std::stop_token&) {
                                         if (pick(20) == 0) throw Error(Errc::kStorageBusy, "busy");
                                         return false;
                                       });
    readers_ = std::make_unique<ReadPool>(executor_, database_, 2);
    ServiceOptions options;
    options.season = "2025-26";
    options.queue_limit = kLimit;
    options.run_timeout = Duration(3000);
    service_ = std::make_unique<SyncService>(
        executor_, wheel_, clock_,
        [this](const SyncJob& job, const Cancellation& cancel, const RunObserver& observer) {
          return work(job, cancel, observer);
        },
        *log_, *readers_, RunHistory(*database_.connect_reader(), options.season, clock_.wall()),
        options);
    service_->observe([this](const SyncEvent& event) { observed(event); });
    stopping_ = stopped_ = false;
    running_.clear();
    order_.clear();
    keys_.clear();
  }

  void restart() {
    executor_.drain();
    check_promises();
    service_.reset();
    readers_.reset();
    log_.reset();
    boot();
  }

  RunRecord work(const SyncJob& job, const Cancellation& cancel, const RunObserver& observer) {
    ++runs_begun_;
    RunRecord run;
    run.run_id = job.run_id;
    run.sync_type = job.request.sync_type;
    run.dry_run = job.request.dry_run;
    run.completed_at = clock_.wall();
    if (pick(2) == 0) {
      RunProgress progress;
      progress.step = "step";
      progress.percent = 50;
      observer.progress(progress);
    }
    if (pick(10) == 0) throw 7;  // the service answers whatever happens
    run.status = cancel.token().stop_requested() ? cancel.why()
                 : pick(4) == 0                  ? RunStatus::kFailed
                                                 : RunStatus::kSuccess;
    return run;
  }

  // What a caller does who was told something: perhaps all that callers can do.
  void react() {
    check();
    if (depth_ > 2 || pick(3) != 0) return;
    ++depth_;
    ++asked_again_;
    switch (pick(20)) {
      case 0:
        if (pick(40) == 0) stop();
        break;
      case 1:
      case 2:
      case 3:
        cancel();
        break;
      case 4:
      case 5:
        await();
        break;
      default:
        if (pick(2) == 0) ask();
    }
    --depth_;
  }

  std::shared_ptr<Promise> promise(const char* what) {
    return promises_.emplace_back(std::make_shared<Promise>(Promise{what}));
  }
  void keep(const std::shared_ptr<Promise>& promise) {
    EXPECT_EQ(calls_, 0) << promise->what << " came inside a call";
    EXPECT_LE(++promise->times, promise->at_most) << promise->what;
    react();
  }

  // What the rules say of a request, from what can be seen before it is made.
  struct Expected {
    std::optional<Errc> refusal;
    Disposition disposition = Disposition::kStarted;
    std::string run_id;  // that it joins
  };
  Expected expected(const Key& key, IfBusy if_busy) const {
    if (stopping_) return {Errc::kShuttingDown, {}, {}};
    const auto status = service_->brief_status();
    if (!status.current_sync) {
      EXPECT_TRUE(status.queue.empty()) << "the lock is free and somebody waits";
      return {{}, key.dry_run ? Disposition::kDryRun : Disposition::kStarted, {}};
    }
    if (if_busy == IfBusy::kFail) return {Errc::kSyncInProgress, {}, {}};
    if (if_busy == IfBusy::kJoin && keys_.at(status.current_sync->run_id) == key) {
      return {{}, Disposition::kJoined, status.current_sync->run_id};
    }
    for (const auto& waiting : status.queue) {
      if (keys_.at(waiting.run_id) == key) return {{}, Disposition::kJoined, waiting.run_id};
    }
    if (status.queue.size() >= kLimit) return {Errc::kQueueFull, {}, {}};
    return {{}, Disposition::kQueued, {}};
  }

  void ask() {
    SyncRequest request;
    request.sync_type = kTypes[pick(4)];
    request.dry_run = pick(4) == 0;
    request.triggered_by = "dbus";
    request.if_busy = static_cast<IfBusy>(pick(3));
    request.timeout = Duration(pick(2000) + 1);
    const Key key{request.sync_type, request.dry_run};
    const auto wanted = expected(key, *request.if_busy);
    const bool full = log_->is_full();
    auto admitted = promise("admitted");
    auto done = promise("done");
    if (wanted.refusal) done->at_least = 0;
    ++calls_;
    service_->sync(
        request,
        [this, wanted, admitted, done, full](const Admission& admission) {
          if (!full) {
            EXPECT_EQ(admission.refusal.has_value(), wanted.refusal.has_value());
            if (admission.refusal && wanted.refusal) {
              EXPECT_EQ(admission.refusal->code, *wanted.refusal);
            } else if (!admission.refusal) {
              EXPECT_EQ(admission.disposition, wanted.disposition);
              if (!wanted.run_id.empty()) {
                EXPECT_EQ(admission.run_id, wanted.run_id);
              }
            }
          }
          if (admission.refusal) done->at_most = done->at_least = 0;
          keep(admitted);
        },
        [this, admitted, done](const RunRecord& run) {
          EXPECT_EQ(admitted->times, 1) << "an end before the admission";
          EXPECT_NE(run.status, RunStatus::kStarted);
          keep(done);
        });
    --calls_;
    // Whoever is new in the status is this request's.
    const auto status = service_->brief_status();
    const auto note = [&](const std::string& run_id) {
      if (keys_.emplace(run_id, key).second) order_.push_back(run_id);
    };
    if (status.current_sync) note(status.current_sync->run_id);
    for (const auto& waiting : status.queue) note(waiting.run_id);
  }

  void cancel() {
    if (order_.empty()) return;
    const auto run_id = any_run();
    ++calls_;
    service_->cancel(run_id);
    --calls_;
    for (const auto& waiting : service_->brief_status().queue) {
      EXPECT_NE(waiting.run_id, run_id) << "cancelled, and still waits";
    }
  }

  void await() {
    if (order_.empty()) return;
    const auto run_id = pick(30) == 0 ? std::string("nobody") : any_run();
    const auto timeout = pick(3) == 0 ? std::optional(Duration(pick(3000) + 1)) : std::nullopt;
    ++calls_;
    service_->await_run(run_id, timeout,
                        [this, waited = promise("await")](const RunReply&) { keep(waited); });
    --calls_;
  }

  // Mostly one of the last: those wait or run.
  std::string any_run() {
    const auto last = std::min<std::size_t>(order_.size(), 8);
    return order_[order_.size() - 1 - static_cast<std::size_t>(pick(static_cast<int>(last)))];
  }

  void stop() {
    if (stopping_) return;
    stopping_ = true;
    ++calls_;
    service_->shut_down([this, drained = promise("drained")] {
      stopped_ = true;
      EXPECT_EQ(service_->current(), nullptr);
      ++drained->times;
    });
    --calls_;
  }

  void pass() {
    clock_.advance(Duration(pick(1500)));
    wheel_.advance(to_tick(clock_.steady()));
  }
  void pass_all() {
    for (int second = 0; second < 10; ++second) {
      clock_.advance(Duration(1000));
      wheel_.advance(to_tick(clock_.steady()));
      executor_.drain();
    }
  }
  void turn() { executor_.turn(); }

  void observed(const SyncEvent& event) {
    EXPECT_EQ(calls_, 0) << "an event came inside a call";
    if (event.kind == SyncEvent::Kind::kStarted) {
      EXPECT_TRUE(running_.empty()) << "two runs at once";
      running_ = event.run_id;
      const auto place = std::ranges::find(order_, event.run_id) - order_.begin();
      EXPECT_GE(place, last_started_) << "not in the order of arrival";
      last_started_ = place;
    } else if (event.kind == SyncEvent::Kind::kFinished && event.run_id == running_) {
      running_.clear();
    }
    react();
  }

  void check() const {
    EXPECT_TRUE(service_->current() != nullptr || service_->queue_length() == 0)
        << "the lock is free and somebody waits";
    EXPECT_LE(service_->queue_length(), kLimit);
  }

  void check_promises() {
    for (const auto& promise : promises_) {
      EXPECT_GE(promise->times, promise->at_least) << promise->what << " was never told";
    }
    promises_.clear();
    last_started_ = 0;
  }

  std::mt19937 random_;
  testing::TemporaryDirectory directory_;
  FakeClock clock_;
  ManualExecutor executor_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  FileDatabase database_{directory_.path() / "nba_data.db"};
  Store tables_;
  std::unique_ptr<LogWriter> log_;
  std::unique_ptr<ReadPool> readers_;
  std::unique_ptr<SyncService> service_;
  std::vector<std::shared_ptr<Promise>> promises_;
  std::map<std::string, Key> keys_;
  std::vector<std::string> order_;  // of arrival
  std::string running_;
  std::ptrdiff_t last_started_ = 0;
  int calls_ = 0;  // of the service that are under way
  int depth_ = 0;
  bool stopping_ = false;
  bool stopped_ = false;
  int runs_begun_ = 0;
  int asked_again_ = 0;
};

TEST(SyncServiceModelTest, RulesHoldWhateverCallersAndCallbacksDo) {
  const auto level = log::level();
  log::set_level(log::Level::kError);
  ::testing::internal::CaptureStderr();  // a log that fails says so, often
  SyncServiceModel model(20261125);
  for (int step = 0; step < kSteps && !::testing::Test::HasFailure(); ++step) model.step();
  model.finish();
  ::testing::internal::GetCapturedStderr();
  log::set_level(level);
  EXPECT_GT(model.runs_begun(), kSteps / 50);
  EXPECT_GT(model.asked_again(), kSteps / 50);
}

}  // namespace
}  // namespace nbasync
