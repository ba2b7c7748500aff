#include "app/start_lock.hpp"

#include "base/error.hpp"
#include "log/log.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kStartPoll{100};  // another process's lock gives no event

// Each time so much longer is asked for: far more than a poll takes.
constexpr Duration kMoreTime{30'000};

}  // namespace

StartLock::StartLock(Loop& loop, TimerWheel& wheel, const Clock& clock, ServiceManager& manager,
                     SyncLock& lock)
    : loop_(loop),
      wheel_(wheel),
      clock_(clock),
      manager_(manager),
      lock_(lock),
      signals_(loop),
      retry_([this] { loop_.post([this] { try_again(); }); }) {
  signals_.on_stop([this] { loop_.stop(); });
}

bool StartLock::take() {
  loop_.post([this] { try_again(); });
  loop_.run();
  retry_.cancel();
  return held_;
}

void StartLock::try_again() {
  held_ = lock_.try_lock("daemon", clock_.wall());
  if (held_) {
    loop_.stop();
    return;
  }
  const auto holder = lock_.holder();
  const auto why = lock_.held_sentence();
  if (holder && holder->program == "daemon") throw Error(Errc::kSyncInProgress, why);
  if (!told_) log::info("waiting for the lock: {}", why);
  told_ = true;
  manager_.waiting("Waiting for the lock: " + why, kMoreTime);
  wheel_.arm(retry_, tick_after(clock_, kStartPoll));
}

}  // namespace nbasync
