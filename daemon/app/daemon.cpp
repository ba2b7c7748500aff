#include "app/daemon.hpp"

#include <unistd.h>

#include <csignal>
#include <cstring>
#include <utility>

#include "app/start_lock.hpp"
#include "base/async.hpp"
#include "base/text.hpp"
#include "config/postgres_of.hpp"
#include "log/log.hpp"
#include "protocol/names.hpp"
#include "sync/request_defaults.hpp"
#include "systemd/status_line.hpp"
#include "timer/tick.hpp"

namespace nbasync {

Daemon::Daemon(const Config& config, std::function<Config()> load, PassedSockets passed)
    : wheel_(to_tick(clock_.steady())),
      driver_(loop_, wheel_),
      threads_(loop_, static_cast<std::size_t>(config.database.readers)),
      database_(config),
      config_(config),
      reloader_(loop_, clock_, config, std::move(load),
                [this](const Config& changed) { apply(changed); }),
      doors_(make_doors()),
      trust_{std::nullopt, ::geteuid()},
      clock_watch_(loop_, clock_,
                   [this](SystemTime::duration by) {
                     if (auto* holding = held()) holding->scheduler().clock_set(by);
                     // It may have been suspended.
                     if (lease_watch_ && holding_) lease_watch_->look();
                     if (snapshots_) snapshots_->clock_set();
                   }),
      signals_(loop_),
      manager_(wheel_, clock_, [this] { return status_line(front().brief_status()); }),
      end_(threads_, [this] {
        if (holding_) holding_->abandon();
        if (cluster_) cluster_->abandon();
        if (readers_) readers_->stop();
      }) {
  if (database_.lease() != nullptr) {
    share(config);
  } else {
    if (!StartLock(loop_, wheel_, clock_, manager_, database_.lock()).take())
      return;  // told to stop
    open(config);
    hold(config, Engine::prepare(config, database_.database(), clock_));
  }
  signals_.on_stop([this] { shut_down(); });
  for (const int signal : {SIGUSR1, SIGUSR2}) {
    signals_.on(signal, [signal] { log::info("signal ignored signal={}", ::strsignal(signal)); });
  }
  signals_.on(SIGHUP, [this] { reload(); });
  tell_manager();
  open_control(config, std::move(passed));
  open_bus(config);
  check_authorities(config);
  look_at_server(config);
  log::info("daemon started version={} database={}", protocol::kVersion,
            in_quotes(database_.name()));
  if (cluster_) {
    cluster_->look();
    if (auto address = bell_address(config.database)) {
      bell_.emplace(*std::move(address), [this] {
        loop_.post([this] {
          candidacy_->try_now();  // what the next holder is waited for
          cluster_->look();
        });
      });
    }
  }
  if (holding_) {
    holding_->begin(config);
  } else if (config.cluster.standby) {
    log::info("standing by: this daemon takes no lock");
  } else {
    log::info("another has the lock: {}", database_.lock().held_sentence());
    candidacy_->begin();
  }
}

void Daemon::open(const Config& config) {
  readers_.emplace(threads_.threads().readers, database_.open(),
                   static_cast<std::size_t>(config.database.readers));
  snapshots_.emplace(
      Snapshots::Parts{wheel_, clock_, *readers_, [this] { return held() != nullptr; },
                       [this] { return season_in_force(config_.sync.season, clock_.wall()); },
                       [this](const auto& why) { problems_.told(Snapshots::kPart, why); }});
  snapshots_->load(config.snapshots);
  hooks_.load(config.hooks);
  doctor_.emplace(
      Doctor::Parts{loop_, wheel_, clock_, *readers_, hosts_, [this] { return problems_.list(); }},
      config);
  doctor_->on_data([this](const CheckAnswers& answers) { control_->metrics().checked(answers); });
}

void Daemon::tell_manager() {
  front().observe([this](const SyncEvent&) { manager_.changed(); });
  doors_.observe_paused([this] { manager_.changed(); });
  reloader_.observe_start([this] { manager_.reloading(); });
  reloader_.observe([this](const protocol::ConfigurationState&) { manager_.reloaded(); });
}

void Daemon::run() {
  if (control_) loop_.run();
  if (name_lost_) throw Error(Errc::kSyncInProgress, *name_lost_);
  log::info("daemon stopped");
}

void Daemon::apply(const Config& config) {
  log::set_level(config.log.level);
  config_ = config;
  if (cluster_) cluster_->set_options(config.sync);
  if (auto* holding = held()) holding->reconfigure(config);
  snapshots_->load(config.snapshots);
  hooks_.load(config.hooks);
  doctor_->set_config(config);
  check_authorities(config);
  ask_for_group();
  serve_reads(config.control);
}

void Daemon::reload() {
  if (!stopping_) reloader_.reload([](const std::optional<Error>&) {});
}

void Daemon::shut_down() {
  if (stopping_) return;
  stopping_ = true;
  if (!name_lost_) {
    log::info("daemon stopping");
    manager_.stopping();
  }
  snapshots_->stop();
  hooks_.stop();
  doctor_->stop();
  address_.reset();
  authorities_.reset();
  group_.reset();
  read_socket_.reset();
  if (candidacy_) candidacy_->stop();
  if (cluster_) cluster_->shut_down();
  if (letting_go_) return;  // then
  if (holding_) {
    holding_->shut_down([this] { drained(); });
  } else {
    loop_.post([this] { drained(); });  // after all who are told
  }
}

// By now every caller that waited for a run has been told its end.
void Daemon::drained() {
  readers_->stop();
  // The next holder need not wait for our doors.
  async(
      threads_.threads().log, [this] { database_.leave(); }, [](const auto&) {});
  control_->stop([this] {
    if (bus_) {
      bus_->stop([this] { loop_.stop_when_idle(); });
    } else {
      loop_.stop_when_idle();
    }
  });
}

}  // namespace nbasync
