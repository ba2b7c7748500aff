#include "bus/bus_service.hpp"

#include <poll.h>

#include <utility>

#include "base/async.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kRetryInterval{500};
constexpr Duration kConnectPatience{1'000};
constexpr Duration kSendPatience{250};  // at the end

Interest interest_of(BusSession& session) {
  if (session.outbox().is_shut()) return {false, true, {}};
  const auto data = session.connection().getEventLoopPollData();
  return {(data.events & POLLIN) != 0, (data.events & POLLOUT) != 0,
          dbus::deadline_of(data)};  // of the same clock as our ticks
}

}  // namespace

BusService::BusService(Loop& loop, TimerWheel& wheel, const Clock& clock, BusKind kind,
                       const Trust& trust, MakeFace make, Told told)
    : loop_(loop),
      wheel_(wheel),
      clock_(clock),
      kind_(kind),
      trust_(trust),
      make_(std::move(make)),
      told_(std::move(told)),
      retry_([this] { connect(); }),
      hangs_([this] { absent(Error(Errc::kInternal, "the bus gives no answer")); }),
      give_up_([this] { end(); }) {
  connect();
}

BusService::~BusService() = default;

void BusService::connect() {
  wheel_.arm(hangs_, tick_after(clock_, kConnectPatience));
  async(
      loop_,
      [kind = kind_, &trust = trust_, make = make_] {
        return std::make_shared<BusSession>(kind, trust, make);
      },
      [this](Result<std::shared_ptr<BusSession>> session) { attach(std::move(session)); });
}

void BusService::attach(Result<std::shared_ptr<BusSession>> session) {
  if (stopping_) return;
  hangs_.cancel();
  if (const auto* error = error_of(session)) {
    wheel_.arm(retry_, tick_after(clock_, kRetryInterval));
    absent(*error);
    return;
  }
  logged_.clear();
  session_ = std::get<std::shared_ptr<BusSession>>(std::move(session));
  pump_ = std::make_unique<FdPump>(
      loop_, wheel_, session_->connection().getEventLoopPollData().fd,
      [this] {
        return session_ ? interest_of(*session_) : Interest{false, false, {}};
      },
      [this] { step(); });
  pump_->kick();  // calls may have come in between the name and now
  log::info("bus connected name=org.nbasync.Sync1");
  told_(std::nullopt);
}

void BusService::absent(const Error& why) {
  if (std::exchange(logged_, why.what()) != why.what()) {
    log::warning("bus not available error={}; trying again every 500 ms", in_quotes(why.what()));
  }
  told_(why);
}

void BusService::step() {
  if (!session_) return;
  try {
    session_->step();
    if (stopping_) end_if_sent();
  } catch (const sdbus::Error& error) {
    lost(error.what());
  }
}

void BusService::lost(const std::string& why) {
  if (stopping_) {
    end();
    return;
  }
  log::warning("bus lost error={}", in_quotes(why));
  session_->close(Error(Errc::kInternal, "the bus was lost"));
  session_->outbox().close();
  struct Remains {
    std::shared_ptr<BusSession> session;
    std::unique_ptr<FdPump> pump;  // goes first
  };
  // The pump is calling us: it and the connection go on the next turn.
  loop_.post(
      [remains = std::make_shared<Remains>(Remains{std::move(session_), std::move(pump_)})] {});
  wheel_.arm(retry_, tick_after(clock_, kRetryInterval));
  told_(Error(Errc::kInternal, why));
}

template <typename What>
void BusService::tell(What what) {
  if (!session_) return;
  session_->outbox().send([session = session_.get(), what = std::move(what)] {
    try {
      what(*session);
    } catch (const sdbus::Error& error) {
      log::debug("bus signal lost error={}", in_quotes(error.what()));
    }
  });
}

void BusService::emit(const SyncEvent& event) {
  tell([event](BusSession& session) { session.face().emit(event); });
}

void BusService::changed(const char* property) {
  tell([property](BusSession& session) { session.face().changed({property}); });
}

void BusService::backfill_progress(std::uint32_t done, std::uint32_t of,
                                   const std::string& season) {
  tell([done, of, season](BusSession& session) {
    session.face().backfill_progress(done, of, season);
  });
}

void BusService::give_name_back() {
  tell([](BusSession& session) { session.give_name_back(); });
}

void BusService::stop(std::function<void()> stopped) {
  stopping_ = true;
  stopped_ = std::move(stopped);
  retry_.cancel();
  hangs_.cancel();
  if (!session_) {
    end();
    return;
  }
  session_->close(Error(Errc::kShuttingDown, "the daemon is shutting down"));
  wheel_.arm(give_up_, tick_after(clock_, kSendPatience));
  pump_->kick();
}

void BusService::end_if_sent() {
  if (!session_->is_sending()) end();
}

void BusService::end() {
  if (!stopped_) return;
  give_up_.cancel();
  loop_.post([this, stopped = std::exchange(stopped_, nullptr)] {  // the pump may be calling us
    pump_.reset();
    if (session_) session_->outbox().close();
    session_.reset();
    stopped();
  });
}

}  // namespace nbasync
