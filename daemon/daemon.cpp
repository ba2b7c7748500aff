#include "daemon.hpp"

#include <csignal>

#include "base/error.hpp"
#include "base/log.hpp"
#include "protocol/names.hpp"
#include "timer/tick.hpp"

namespace nbasync {

Daemon::Daemon(const Config& config)
    : wheel_(to_tick(clock_.steady())),
      driver_(loop_, wheel_),
      lock_(lock_path(config)),
      signals_(loop_) {
  if (!lock_.try_lock("daemon", clock_.wall())) {
    throw Error(Errc::kSyncInProgress, held_sentence(lock_, config.database.path));
  }
  engine_.emplace(config, loop_, wheel_, clock_, lock_);
  signals_.on(SIGTERM, [this] { shut_down(); });
  signals_.on(SIGINT, [this] { shut_down(); });
  if (config.dbus.bus != DBusConfig::Bus::kNone) {
    const auto kind =
        config.dbus.bus == DBusConfig::Bus::kSystem ? BusKind::kSystem : BusKind::kSession;
    bus_ = std::make_unique<BusService>(loop_, wheel_, clock_, engine_->service(), kind, [] {});
  }
  log::info("daemon started version={} database={}", protocol::kVersion,
            log::quoted(config.database.path.string()));
}

void Daemon::run() {
  loop_.run();
  log::info("daemon stopped");
}

void Daemon::shut_down() {
  if (stopping_) return;
  stopping_ = true;
  log::info("daemon stopping");
  engine_->service().shut_down([this] {
    if (bus_) {
      bus_->stop([this] { loop_.stop(); });
    } else {
      loop_.stop();
    }
  });
}

}  // namespace nbasync
