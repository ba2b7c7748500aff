#include "cluster/bell.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <utility>

#include "base/blocked_signals.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "postgres/postgres_session.hpp"

namespace nbasync {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kPatience{10'000};
constexpr milliseconds kBetweenSessions{1'000};
constexpr milliseconds kSilence = std::chrono::hours(24);  // it may be silent for ever

}  // namespace

Bell::Bell(PostgresAddress address, std::function<void()> rung) : rung_(std::move(rung)) {
  const BlockedSignals blocked;
  thread_ = std::jthread([this, address = std::move(address)](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any over;
    while (!stop.stop_requested()) {
      try {
        listen(address, stop);
      } catch (const std::exception& error) {
        if (stop.stop_requested()) return;
        if (!std::exchange(deaf_, true)) {
          log::warning("NOTIFY is not heard, each cluster.poll tells instead error={}",
                       in_quotes(error.what()));
        }
        std::unique_lock lock(mutex);
        over.wait_for(lock, stop, kBetweenSessions, [] { return false; });
      }
    }
  });
}

void Bell::listen(const PostgresAddress& address, const std::stop_token& stop) {
  PostgresSession session(address, Patience(kPatience, stop));
  session.tell("LISTEN nbasync", Patience(kPatience, stop));
  while (session.next(Patience(kPatience, stop))) {
  }
  if (std::exchange(deaf_, false)) log::info("NOTIFY is heard again");
  for (;;) {
    rung_();
    session.await_notice(Patience(kSilence, stop));
  }
}

}  // namespace nbasync
