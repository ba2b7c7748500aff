#include <utility>

#include "app/daemon.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/uuid.hpp"
#include "copy/snapshot.hpp"
#include "log/log.hpp"
#include "query/changes.hpp"
#include "scheduler/schedule_words.hpp"

// What the front doors ask of a daemon beside syncs: the holding answers, or what the holder has
// told.
namespace nbasync {
namespace {

constexpr const char* kNoHolder = "no daemon has the lock of the database now; ask again soon";

}  // namespace

Doors Daemon::make_doors() {
  Doors doors;
  const auto pause = [this](bool paused, const std::string& by) {
    if (held() == nullptr) return wish(paused, by);
    set_paused(paused, by);
  };
  doors.pause = [pause](const std::string& by) { pause(true, by); };
  doors.resume = [pause](const std::string& by) { pause(false, by); };
  doors.paused = [this] {
    return held() != nullptr ? holding_->scheduler().paused() : cluster_->seen().paused;
  };
  doors.observe_paused = [this](std::function<void()> observer) {
    paused_observers_.push_back(std::move(observer));
  };
  doors.backfill = [this](const std::string& from, const std::string& to, const std::string& by) {
    return require_holding().backfill().begin(from, to, by);
  };
  doors.stop_backfill = [this](const std::string& by) {
    return require_holding().backfill().stop(by);
  };
  doors.backfill_state = [this] {
    return held() != nullptr ? holding_->backfill().state() : cluster_->told().status().backfill;
  };
  doors.observe_backfill = [this](Doors::BackfillObserver observer) {
    backfill_observers_.push_back(std::move(observer));
  };
  doors.first_sync = [this] {
    return held() != nullptr ? holding_->first_sync().story()
                             : cluster_->told().status().first_sync;
  };
  doors.reload = [this](Doors::Done done) { reloader_.reload(std::move(done)); };
  doors.schedules = [this] {
    return held() != nullptr ? holding_->scheduler().schedules()
                             : cluster_->told().status().schedules;
  };
  doors.explain = [this](const std::string& name) {
    return held() != nullptr ? holding_->scheduler().explain(name) : explained(name);
  };
  doors.changes = [this](const ChangesQuestion& question, auto told) {
    readers_->ask(
        [question](Connection& connection, const std::stop_token& stop) {
          auto answer = changes(connection, question, ",", stop);
          if (!answer.gone.empty()) throw Error(Errc::kChangesGone, answer.gone);
          return answer;
        },
        std::move(told));
  };
  doors.snapshot = write_snapshot;
  doors.doctor = [this](auto told) { doctor_->ask(std::move(told)); };
  return doors;
}

void Daemon::set_paused(bool paused, const std::string& by) {
  if (paused) {
    holding_->scheduler().pause(by);
  } else {
    holding_->scheduler().resume(by);
  }
}

// As the holder has told.
protocol::Explanation Daemon::explained(const std::string& name) const {
  std::vector<std::string> known;
  for (const auto& explanation : cluster_->told().explanations()) {
    if (explanation.state.name == name) return explanation;
    known.push_back(explanation.state.name);
  }
  if (cluster_->seen().status.empty()) throw Error(Errc::kSyncInProgress, kNoHolder);
  throw unknown_schedule(name, known);
}

// Of what only the holder can do.
Holding& Daemon::require_holding() {
  if (auto* holding = held()) return *holding;
  const auto& holder = cluster_->seen().holder;
  if (holder.empty()) throw Error(Errc::kSyncInProgress, kNoHolder);
  throw Error(Errc::kSyncInProgress,
              format("backfill: the daemon {} has the lock, and only that one begins and stops it; "
                     "give the command on its host",
                     in_quotes(holder)));
}

void Daemon::wish(bool paused, const std::string& by) {
  cluster_->ask_line(
      [wished = PauseWish{paused, by, make_uuid()}, rings = cluster_->rings()](
          Connection& connection, const std::stop_token& stop) {
        nbasync::wish(connection, wished, rings, stop);
        return true;
      },
      [](const Result<bool>& result) {
        if (const auto* error = error_of(result)) {
          log::error("not told to the holder error={}", in_quotes(error->what()));
        }
      });
}

}  // namespace nbasync
