#include "sync/held_run.hpp"

#include <unistd.h>

#include <utility>

#include "base/async.hpp"
#include "sync/describe_job.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kRowPatience{50};  // for the row of a run that has not succeeded

}  // namespace

HeldRun::HeldRun(Parts parts, SyncJob job, std::function<void()> progressed,
                 std::function<void(std::shared_ptr<const RunRecord>)> over)
    : parts_(parts),
      job_(std::move(job)),
      progressed_(std::move(progressed)),
      over_(std::move(over)),
      deadline_([this] { stop(RunStatus::kTimeout); }),
      row_patience_([this] { conclude(); }) {}

void HeldRun::start() {
  parts_.wheel.arm(deadline_, tick_after(parts_.clock, *job_.request.run_timeout));
  const auto written = [self = shared_from_this()](const Result<std::monostate>& result) {
    self->begin(result);
  };
  const auto run = record_of(job_, RunStatus::kStarted);
  if (parts_.log.keeps(run)) {
    parts_.log.write(run, written);
  } else {
    parts_.executor.post([written] { written({}); });
  }
}

void HeldRun::begin(const Result<std::monostate>& written) {
  if (state_ != State::kStarting) return;  // it was stopped meanwhile
  state_ = State::kWorking;
  if (const auto* error = error_of(written)) {
    if (parts_.log.is_shared()) return lay_down(record_of(job_, RunStatus::kStarted), *error);
    ended(record_of_failed(job_, error->code(), error->what(), parts_.clock.wall()));
    return;
  }
  // What keeps this alive is the answer, which comes after all that the work has posted.
  async(
      parts_.executor,
      [this, observer = observer()] {
        parts_.executor.post([this, thread = ::gettid()] { progress_.thread_id = thread; });
        return parts_.work(job_, cancel_, observer);
      },
      [self = shared_from_this()](Result<RunRecord> result) { self->worked(std::move(result)); });
}

RunObserver HeldRun::observer() {
  return {[this](const RunProgress& progress) {
            parts_.executor.post([this, progress] {
              progress_.run = progress;
              progressed_();
            });
          },
          [this](const RunRecord& run) {
            if (!parts_.log.keeps(run)) return;
            parts_.executor.post([this, run] { parts_.log.write(run); });
          }};
}

void HeldRun::worked(Result<RunRecord> result) {
  if (const auto* error = error_of(result)) {
    ended(record_of_failed(job_, error->code(), error->what(), parts_.clock.wall()));
  } else {
    ended(std::get<RunRecord>(std::move(result)));
  }
}

void HeldRun::stop(RunStatus why) {
  cancel_.request(why);
  if (state_ != State::kStarting) return;
  auto run =
      record_of_failed(job_, code_of(why), "ended before it began; nothing was asked or changed",
                       parts_.clock.wall());
  run.status = why;
  ended(std::move(run));
}

void HeldRun::stop_for_good() {
  for_good_ = true;
  if (state_ == State::kEnding) {
    conclude();
  } else {
    stop(RunStatus::kInterrupted);
  }
}

// The end is told when its row is durable: who was told of a success may rely on it. Of another end
// is told soon in any case: what was cancelled because the database cannot be written must not wait
// for that.
void HeldRun::ended(RunRecord run) {
  state_ = State::kEnding;
  end_ = std::make_shared<const RunRecord>(std::move(run));
  if (!parts_.log.keeps(*end_)) {
    conclude();
    return;
  }
  parts_.log.write(*end_, [self = shared_from_this(), end = end_](const auto& written) {
    self->logged(*end, written);
  });
  if (for_good_) {
    conclude();
  } else if (end_->status != RunStatus::kSuccess && !parts_.log.is_shared()) {
    parts_.wheel.arm(row_patience_, tick_after(parts_.clock, kRowPatience));
  }
}

// A success that was written to a file that is not there any more is none.
void HeldRun::logged(const RunRecord& end, const Result<std::monostate>& written) {
  if (state_ != State::kEnding) return;
  const auto* error = error_of(written);
  if (error != nullptr && parts_.log.is_shared()) return lay_down(end, *error);
  const bool lost = error != nullptr && error->code() == Errc::kStorageReplaced;
  if (lost && end.status == RunStatus::kSuccess) {
    ended(lost_with_the_file(end, error->what()));
  } else {
    conclude();
  }
}

// In a line that several daemons share, an end that could not be written is none: whoever has the
// lock when the database is there again takes the run up anew.
void HeldRun::lay_down(RunRecord run, const Error& why) {
  run.error_message = why.what();
  end_ = std::make_shared<const RunRecord>(interrupted(std::move(run), parts_.clock.wall()));
  parts_.log.write(*end_);
  conclude();
}

void HeldRun::conclude() {
  if (std::exchange(state_, State::kOver) == State::kOver) return;
  const auto self = shared_from_this();  // who is told may drop it
  row_patience_.cancel();
  deadline_.cancel();
  over_(end_);
}

}  // namespace nbasync
