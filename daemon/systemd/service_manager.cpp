#include "systemd/service_manager.hpp"

#include <systemd/sd-daemon.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/format.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kBetweenLines{1'000};
constexpr Duration kBeforeRetry{50};
constexpr std::size_t kMostUnsent = 64;  // then the oldest is dropped

SteadyTime::duration watchdog_period() {
  std::uint64_t microseconds = 0;
  if (sd_watchdog_enabled(0, &microseconds) <= 0) return {};
  return std::chrono::microseconds(microseconds);
}

}  // namespace

ServiceManager::ServiceManager(TimerWheel& wheel, const Clock& clock,
                               std::function<std::string()> doing)
    : wheel_(wheel),
      clock_(clock),
      doing_(std::move(doing)),
      watchdog_(socket_.listens() ? watchdog_period() : SteadyTime::duration{}),
      beat_([this] { beat(); }),
      refresh_([this] { refresh(); }),
      again_([this] { send_unsent(); }) {}

void ServiceManager::waiting(const std::string& line, Duration longer) {
  if (phase_ != Phase::kStarting) return;
  const auto now = clock_.steady();
  if (told_ == line && told_at_ && now - *told_at_ < longer / 3) return;
  told_ = line;
  told_at_ = now;
  send(format("STATUS={}\nEXTEND_TIMEOUT_USEC={}\nWATCHDOG=1", line,
              std::chrono::microseconds(longer).count()));
}

void ServiceManager::ready() {
  if (phase_ != Phase::kStarting) return;
  phase_ = Phase::kReady;
  refresh();
  send("READY=1");
  if (watchdog_.count() != 0) beat();
}

void ServiceManager::reloading() {
  if (phase_ != Phase::kReady) return;
  send(format("RELOADING=1\nMONOTONIC_USEC={}", to_tick(clock_.steady())));
}

void ServiceManager::reloaded() {
  if (phase_ != Phase::kReady) return;
  send("READY=1");
  changed();
}

void ServiceManager::stopping() {
  phase_ = Phase::kStopping;
  refresh_.cancel();
  send("STOPPING=1\nSTATUS=Stopping");
}

void ServiceManager::changed() {
  if (!socket_.listens() || phase_ != Phase::kReady || refresh_.armed()) return;
  const auto now = clock_.steady();
  wheel_.arm(refresh_, tick_not_before(std::max(now, told_at_.value_or(now) + kBetweenLines)));
}

void ServiceManager::send(const std::string& assignments) {
  // Of what is told again and again, the newest is enough.
  for (const std::string_view word : {"STATUS=", "WATCHDOG="}) {
    if (!assignments.starts_with(word)) continue;
    std::erase_if(unsent_, [&](const auto& each) { return each.starts_with(word); });
  }
  if (unsent_.size() == kMostUnsent) unsent_.pop_front();
  unsent_.push_back(assignments);
  send_unsent();
}

void ServiceManager::send_unsent() {
  while (!unsent_.empty() && socket_.send(unsent_.front())) unsent_.pop_front();
  if (!unsent_.empty()) wheel_.arm(again_, tick_after(clock_, kBeforeRetry));
}

void ServiceManager::beat() {
  send("WATCHDOG=1");
  if (phase_ == Phase::kReady) changed();  // plans change without an event, too
  wheel_.arm(beat_, tick_after(clock_, watchdog_ / 2));
}

void ServiceManager::refresh() {
  if (!socket_.listens()) return;
  told_at_ = clock_.steady();
  auto line = doing_();
  if (line == told_) return;
  told_ = std::move(line);
  send(format("STATUS={}", told_));
}

}  // namespace nbasync
