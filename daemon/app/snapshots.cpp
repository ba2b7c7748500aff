#include "app/snapshots.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/result.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "protocol/names.hpp"
#include "timer/tick.hpp"

namespace nbasync {

void Snapshots::load(const SnapshotsConfig& config) {
  if (config == std::exchange(config_, config)) return plan();
  parts_.told(std::nullopt);
  plan();
}

void Snapshots::stop() {
  stopped_ = true;
  timer_.cancel();
}

void Snapshots::plan() {
  timer_.cancel();
  if (stopped_ || !config_.directory || !config_.cron) return;
  const auto now = parts_.clock.wall();
  const Zone utc;
  const auto next = config_.cron->next_after(utc.to_local(now));
  if (!next) return;
  next_ = utc.to_system(*next);
  parts_.wheel.arm(timer_, tick_after(parts_.clock, std::chrono::ceil<Duration>(next_ - now)));
}

// A timer that was armed for a clock of before may come early.
void Snapshots::come_due() {
  if (parts_.clock.wall() >= next_ && parts_.is_ours() && !making_) make();
  plan();
}

void Snapshots::make() {
  making_ = true;
  const KeptSnapshots where{*config_.directory, static_cast<std::size_t>(config_.keep),
                            parts_.season(), protocol::kVersion};
  parts_.readers.ask(
      [where, now = parts_.clock.wall()](Connection& connection, const std::stop_token& stop) {
        return keep_snapshot(connection, where, now, stop);
      },
      [this](const Result<KeptSnapshot>& made) { ended(made); });
}

void Snapshots::ended(const Result<KeptSnapshot>& made) {
  making_ = false;
  if (const auto* error = error_of(made)) {
    if (error->code() == Errc::kCancelled) return;
    log::error("snapshot not made error={}", in_quotes(error->what()));
    if (!stopped_ && config_.directory) parts_.told(*error);
    return;
  }
  const auto& snapshot = std::get<KeptSnapshot>(made);
  log::info("snapshot made file={} bytes={} removed={}", in_quotes(snapshot.path), snapshot.bytes,
            snapshot.removed.size());
  if (!stopped_) parts_.told(std::nullopt);
}

}  // namespace nbasync
