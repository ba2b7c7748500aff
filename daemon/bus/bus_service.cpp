#include "bus/bus_service.hpp"

#include <poll.h>

#include <exception>
#include <string>
#include <utility>

#include "base/async.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kRetryInterval{500};

Interest interest_of(BusSession& session) {
  const auto data = session.connection().getEventLoopPollData();
  return {(data.events & POLLIN) != 0, (data.events & POLLOUT) != 0,
          dbus::deadline_of(data)};  // of the same clock as our ticks
}

}  // namespace

BusService::BusService(Loop& loop, TimerWheel& wheel, const Clock& clock, SyncService& service,
                       const Doors& doors, BusKind kind, Trust trust,
                       std::function<void()> attempted)
    : loop_(loop),
      wheel_(wheel),
      clock_(clock),
      service_(service),
      doors_(doors),
      kind_(kind),
      trust_(trust),
      attempted_(std::move(attempted)),
      retry_([this] { connect(); }) {
  service_.observe(
      [this](const SyncEvent& event) { tell([&](BusSession& session) { session.emit(event); }); });
  doors_.observe_paused([this] { tell([](BusSession& session) { session.changed("Paused"); }); });
  connect();
}

BusService::~BusService() = default;

void BusService::connect() {
  connecting_ = true;
  async(
      loop_, [this] { return std::make_shared<BusSession>(kind_, trust_, service_, doors_); },
      [this](Result<std::shared_ptr<BusSession>> session) {
        connecting_ = false;
        attach(std::move(session));
      });
}

void BusService::attach(Result<std::shared_ptr<BusSession>> session) {
  if (stopping_) {
    if (stopped_) std::exchange(stopped_, nullptr)();
    return;
  }
  if (const auto* error = error_of(session)) {
    if (!std::exchange(told_absent_, true)) {
      log::warning("bus not available error={}; trying again every 500 ms",
                   in_quotes(error->what()));
    }
    wheel_.arm(retry_, tick_after(clock_, kRetryInterval));
    attempted_();
    return;
  }
  told_absent_ = false;
  session_ = std::get<std::shared_ptr<BusSession>>(std::move(session));
  pump_ = std::make_unique<FdPump>(
      loop_, wheel_, session_->connection().getEventLoopPollData().fd,
      [this] {
        return session_ ? interest_of(*session_) : Interest{false, false, {}};
      },
      [this] { step(); });
  pump_->kick();  // calls may have come in between the name and now
  log::info("bus connected name=org.nbasync.Sync1");
  attempted_();
}

void BusService::step() {
  if (!session_) return;
  try {
    session_->step();
  } catch (const sdbus::Error& error) {
    lost(error.what());
  }
}

void BusService::lost(const std::string& why) {
  log::warning("bus lost error={}", in_quotes(why));
  session_->close(Error(Errc::kInternal, "the bus was lost"));
  struct Remains {
    std::shared_ptr<BusSession> session;
    std::unique_ptr<FdPump> pump;  // goes first
  };
  // The pump is calling us: it and the connection go on the next turn.
  loop_.post(
      [remains = std::make_shared<Remains>(Remains{std::move(session_), std::move(pump_)})] {});
  wheel_.arm(retry_, tick_after(clock_, kRetryInterval));
}

void BusService::tell(const std::function<void(BusSession&)>& what) {
  if (!session_) return;
  try {
    what(*session_);
  } catch (const sdbus::Error& error) {
    log::debug("bus signal lost error={}", in_quotes(error.what()));
  }
}

void BusService::stop(std::function<void()> stopped) {
  stopping_ = true;
  stopped_ = std::move(stopped);
  retry_.cancel();
  if (session_) session_->close(Error(Errc::kShuttingDown, "the daemon is shutting down"));
  pump_.reset();
  session_.reset();
  if (!connecting_) loop_.post([this] { std::exchange(stopped_, nullptr)(); });
}

}  // namespace nbasync
