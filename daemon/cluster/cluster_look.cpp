#include <algorithm>
#include <chrono>
#include <utility>

#include "base/text.hpp"
#include "cluster/cluster_front.hpp"
#include "log/log.hpp"
#include "sync/describe_job.hpp"
#include "timer/tick.hpp"

// What a ClusterFront makes of what it sees.
namespace nbasync {
namespace {

// How long after its time a request is told to be over where there is no holder to end it.
constexpr Duration kWithoutHolder{3'000};

constexpr Duration kShortestPause{10};

using State = line::Entry::State;

}  // namespace

void ClusterFront::set_options(ServiceOptions options) {
  const auto before = season();
  options_ = std::move(options);
  if (season() != before) read_history();
}

// Of the runs that are in line, the end is to come.
void ClusterFront::read_history() {
  history_read_ = true;
  parts_.readers.ask(
      [season = season(), now = parts_.clock.wall()](Connection& log, const std::stop_token&) {
        return RunHistory(log, season, now);
      },
      [this](const Result<RunHistory>& read) {
        history_read_ = error_of(read) == nullptr;
        if (!history_read_) return;  // with the next look
        history_.add_older(std::get<RunHistory>(read),
                           [this](const auto& run_id) { return entry_of(run_id) != nullptr; });
      });
}

void ClusterFront::look() {
  if (stopping_) return;
  if (std::exchange(looking_, true)) {
    look_again_ = true;
    return;
  }
  next_look_.cancel();
  desk_.ask(look_around, [this](Result<Look> result) {
    looking_ = false;
    const auto* error = error_of(result);
    if (sight_ && !stopping_) sight_(error == nullptr ? std::nullopt : std::optional(*error));
    if (error == nullptr) {
      saw(std::get<Look>(std::move(result)));
    } else if (!std::exchange(blind_, true)) {
      log::error("the others are not seen error={}", in_quotes(error->what()));
    }
    give_up_without_holder();
    if (std::exchange(look_again_, false)) return look();
    if (!stopping_) parts_.wheel.arm(next_look_, tick_after(parts_.clock, pause()));
  });
}

// Until the next look: the next wait that is over ends then.
Duration ClusterFront::pause() const {
  auto pause = parts_.poll;
  for (const auto* entry : waiting()) {
    if (!entry->wait_until || service_ == nullptr) continue;
    const auto left = std::chrono::ceil<Duration>(*entry->wait_until - seen_.now);
    pause = std::min(pause, std::max(left, kShortestPause));
  }
  return pause;
}

// They come in the order in which they were looked at.
void ClusterFront::saw(Look look) {
  if (stopping_) return;
  if (std::exchange(blind_, false)) log::info("the others are seen again");
  const bool first = !seen_at_;
  seen_ = std::move(look);
  seen_at_ = parts_.clock.steady();
  if (first) told_ends_.insert(seen_.ended.begin(), seen_.ended.end());
  if (!history_read_) read_history();
  std::erase_if(handled_, [this](const auto& run_id) { return entry_of(run_id) == nullptr; });
  if (service_ == nullptr) word_.read(seen_.status);
  // While it carries something out, it tells of that itself.
  if (service_ == nullptr || handled_.empty()) feed_.saw(seen_.last_change);
  if (service_ != nullptr) serve();
  tell_of_line();
  announcer_.tell();
  for (const auto& looked : looked_) looked();
}

// What has come and begun, and what has gone: each is told once.
void ClusterFront::tell_of_line() {
  for (const auto& entry : seen_.line.entries) {
    const auto& run_id = entry.job.run_id;
    if (handled_.contains(run_id)) continue;  // the service tells
    const auto kind =
        entry.state == State::kRunning ? SyncEvent::Kind::kStarted : SyncEvent::Kind::kQueued;
    const auto [known, is_new] = news_.try_emplace(run_id, kind);
    if (!is_new && std::exchange(known->second, kind) == kind) continue;
    if (kind == SyncEvent::Kind::kStarted && listeners_.contains(run_id)) {
      listeners_.at(run_id)->lock_taken();
    }
    notify({kind, run_id, entry.job.request.sync_type, {}, {}, {}});
  }
  std::set<std::string> gone;
  for (const auto& [run_id, kind] : news_) gone.insert(run_id);
  for (const auto& [run_id, listeners] : listeners_) gone.insert(run_id);
  // And those that came and went between two looks.
  std::set<std::string> lately(seen_.ended.begin(), seen_.ended.end());
  std::erase_if(told_ends_, [&](const auto& run_id) { return !lately.contains(run_id); });
  for (const auto& run_id : lately) {
    if (!told_ends_.contains(run_id) && !handled_.contains(run_id)) gone.insert(run_id);
  }
  for (const auto& run_id : gone) {
    if (entry_of(run_id) != nullptr) continue;
    if (!is_current(run_id)) tell_of_end(run_id);  // the service tells, once it knows it itself
  }
}

void ClusterFront::tell_of_end(const std::string& run_id) {
  if (!ending_.insert(run_id).second) return;
  parts_.readers.ask(
      [run_id](Connection& connection, const std::stop_token& stop) {
        return ended_run(connection, run_id, stop);
      },
      [this, run_id](const Result<std::optional<RunRecord>>& result) {
        ending_.erase(run_id);
        if (error_of(result) != nullptr) return;  // after the next look
        if (told_ends_.contains(run_id) && !listeners_.contains(run_id)) return;
        auto run = std::get<std::optional<RunRecord>>(result);
        if (!run) {
          run.emplace();
          run->run_id = run_id;
          run = interrupted(std::move(*run), parts_.clock.wall());
        }
        ended(std::make_shared<const RunRecord>(std::move(*run)));
      });
}

void ClusterFront::ended(const std::shared_ptr<const RunRecord>& run) {
  history_.add(*run);
  told_ends_.insert(run->run_id);
  // It began and ended between two looks, or was never seen before.
  const auto known = news_.extract(run->run_id);
  const bool told_begin = known && known.mapped() != SyncEvent::Kind::kQueued;
  if (!told_begin && run->thread_id != 0) {
    notify({SyncEvent::Kind::kStarted, run->run_id, run->sync_type, {}, {}, {}});
  }
  notify({SyncEvent::Kind::kFinished, run->run_id, run->sync_type, {}, {}, run});
  tell_listeners(run);
}

void ClusterFront::tell_listeners(const std::shared_ptr<const RunRecord>& run) {
  if (const auto listeners = listeners_.extract(run->run_id)) listeners.mapped()->tell(run);
}

// Nobody ends what waits when there is no holder.
void ClusterFront::give_up_without_holder() {
  if (!blind_ && !seen_.holder.empty()) return;
  if (!seen_at_) return;
  const auto now = seen_.now + std::chrono::duration_cast<SystemTime::duration>(
                                   parts_.clock.steady() - *seen_at_);
  std::vector<std::shared_ptr<const RunRecord>> over;
  for (const auto& entry : seen_.line.entries) {
    if (entry.state != State::kWaiting || !listeners_.contains(entry.job.run_id)) continue;
    if (!entry.wait_until || *entry.wait_until + kWithoutHolder > now) continue;
    over.push_back(std::make_shared<const RunRecord>(record_of_unstarted(
        entry.job, RunStatus::kTimeout, Errc::kLockTimeout,
        "the wait for the lock is over, and there is no daemon that syncs", parts_.clock.wall())));
  }
  for (const auto& run : over) tell_listeners(run);
}

void ClusterFront::notify(SyncEvent event) {
  parts_.executor.post([this, event = std::move(event)] {
    for (const auto& observer : observers_) observer(event);
  });
}

void ClusterFront::shut_down() {
  stopping_ = true;
  next_look_.cancel();
  std::vector<std::string> waiting;
  for (const auto& [run_id, listeners] : listeners_) {
    // What the holding wants itself ends with it.
    const auto* entry = entry_of(run_id);
    const bool own = entry != nullptr && entry->holding != 0 && entry->holding == epoch_;
    if (!is_current(run_id) && !own) waiting.push_back(run_id);
  }
  for (const auto& run_id : waiting) {
    RunRecord run;
    run.run_id = run_id;
    if (const auto* entry = entry_of(run_id)) run = record_of(entry->job, RunStatus::kStarted);
    run.error_message =
        "the daemon was told to stop; the request stays in line, for the next one that syncs";
    tell_listeners(
        std::make_shared<const RunRecord>(interrupted(std::move(run), parts_.clock.wall())));
  }
  desk_.stop();
}

}  // namespace nbasync
