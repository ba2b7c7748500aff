#include "app/once.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kLockPoll{50};  // another process's lock gives no event

}  // namespace

Once::Once(const Config& config)
    : config_(config),
      wheel_(to_tick(clock_.steady())),
      driver_(loop_, wheel_),
      threads_(loop_, 1),
      database_(config),
      signals_(loop_),
      retry_([this] { loop_.post([this] { try_to_begin(); }); }) {
  signals_.on_stop([this] { stop(); });
  database_.lock().on_lost(
      [this](const std::string& why) { loop_.post([this, why] { lost(why); }); });
}

RunRecord Once::run(const std::string& sync_type) {
  sync_type_ = sync_type;
  const auto defaults = config_.sync.defaults.find(sync_type);
  const bool waits = defaults != config_.sync.defaults.end() && defaults->second.wait;
  give_up_ = tick_after(clock_, waits ? defaults->second.timeout : Duration{});
  loop_.post([this] { try_to_begin(); });
  loop_.run();
  if (!lost_why_.empty() && !(result_ && result_->status == RunStatus::kSuccess)) {
    throw Error(Errc::kSyncInProgress, lost_why_);
  }
  if (!result_) throw Error(Errc::kInterrupted, "stopped while waiting for the lock");
  return *result_;
}

void Once::try_to_begin() {
  if (database_.lock().try_lock("once", clock_.wall())) {
    begin();
    return;
  }
  const auto holder = database_.lock().holder();
  const bool waits = !holder || holder->program != "daemon";
  if (waits && to_tick(clock_.steady()) < give_up_) {
    wheel_.arm(retry_, tick_after(clock_, kLockPoll));
    return;
  }
  const auto found = config_.sync.defaults.find(sync_type_);
  const bool was_waiting = waits && found != config_.sync.defaults.end() && found->second.wait;
  throw Error(was_waiting ? Errc::kLockTimeout : Errc::kSyncInProgress,
              database_.lock().held_sentence());
}

void Once::begin() {
  auto& database = database_.open();
  readers_.emplace(threads_.threads().readers, database, 1);
  engine_.emplace(config_,
                  Engine::Parts{threads_.threads(), wheel_, clock_, database, database_.lock(),
                                *readers_, hosts_},
                  Engine::prepare(config_, database, clock_));
  if (auto* lease = database_.lease()) lease_watch_.emplace(wheel_, clock_, *lease).look();
  SyncRequest request;
  request.sync_type = sync_type_;
  request.triggered_by = "once";
  const auto admitted = [](const Admission& admission) {
    const auto& refusal = admission.refusal;
    if (refusal) throw Error(refusal->code, refusal->message);
  };
  engine_->service().sync(request, admitted, [this](const RunRecord& run) {
    result_ = run;
    engine_->shut_down([this] { loop_.stop(); });
  });
}

// What is under way could not be written any more.
void Once::lost(const std::string& why) {
  lost_why_ = format("the lock is lost: {}; the sync was broken off", why);
  stop();
}

void Once::stop() {
  if (!engine_) {
    loop_.stop();
  } else {
    engine_->shut_down([this] { loop_.stop(); });
  }
}

}  // namespace nbasync
