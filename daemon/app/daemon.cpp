#include "app/daemon.hpp"

#include <unistd.h>

#include <csignal>
#include <cstring>
#include <utility>

#include "app/start_lock.hpp"
#include "base/async.hpp"
#include "base/text.hpp"
#include "config/postgres_of.hpp"
#include "control/token.hpp"
#include "doctor/server_checks.hpp"
#include "log/log.hpp"
#include "model/trust.hpp"
#include "net/ca_file.hpp"
#include "protocol/names.hpp"
#include "systemd/status_line.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

// The parts that it can do without.
constexpr const char* kAddress = "control.http.listen";
constexpr const char* kBus = "dbus";
constexpr const char* kGroup = "group";
constexpr const char* kAuthorities = "upstream.ca_file";

}  // namespace

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
                   }),
      signals_(loop_),
      manager_(wheel_, clock_, [this] { return status_line(front().status()); }),
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
    hold(config);
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
  doctor_.emplace(
      Doctor::Parts{loop_, wheel_, clock_, *readers_, hosts_, [this] { return problems_.list(); }},
      config);
  doctor_->on_data([this](const CheckAnswers& answers) { control_->metrics().checked(answers); });
}

void Daemon::open_control(const Config& config, PassedSockets passed) {
  const auto path = passed.control ? passed.control->path() : config.control.socket;
  Authorization::Rules rules{read_token(config.control.http.token_file), trust_, path, own_names()};
  const auto& hosts = config.control.http.allowed_hosts;
  rules.hosts.insert(rules.hosts.end(), hosts.begin(), hosts.end());
  control_.emplace(loop_, wheel_, clock_, front(), *readers_, doors_, std::move(rules));
  log::info("control socket {} path={}", passed.control ? "taken over" : "made",
            in_quotes(path.string()));
  if (!passed.control) own_socket_ = path;
  control_->listen(passed.control ? std::move(*passed.control) : ListenSocket::at_path(path),
                   Listener::kSocket);
  awaited_.insert(kGroup);
  ask_for_group();
  if (const auto& address = config.control.http.listen) {
    awaited_.insert(kAddress);
    address_ = std::make_unique<OptionalPart<ListenSocket>>(
        loop_, wheel_, clock_, kAddress,
        [address = *address] { return ListenSocket::at_address(address); },
        [this, address = *address](ListenSocket socket) {
          control_->listen(std::move(socket), Listener::kTcp);
          log::info("control address {}", address);
        },
        told_of(kAddress));
  }
  if (passed.read) {
    log::info("read socket taken over path={}", in_quotes(passed.read->path().string()));
    control_->listen(std::move(*passed.read), Listener::kReadSocket);
    return;
  }
  read_socket_.emplace(loop_, wheel_, clock_, *control_, told_of(ReadSocket::kPart));
  if (config.control.read_socket) awaited_.insert(ReadSocket::kPart);
  serve_reads(config.control);
}

// The one that systemd has passed stays.
void Daemon::serve_reads(const ControlConfig& config) {
  if (!read_socket_) return;
  using Wanted = std::optional<ReadSocket::Place>;
  read_socket_->serve(config.read_socket ? Wanted({*config.read_socket, config.read_socket_mode})
                                         : Wanted());
}

// The name service may take long, and may know another answer later: at a reload.
void Daemon::ask_for_group() {
  group_ = std::make_unique<OptionalPart<std::optional<gid_t>>>(
      loop_, wheel_, clock_, kGroup, [] { return find_group(protocol::kGroup); },
      [this](std::optional<gid_t> group) {
        trust_.group = group;
        control_->set_trust(trust_);
        if (group && own_socket_) ListenSocket::give_to(*own_socket_, *group);
      },
      told_of(kGroup));
}

void Daemon::open_bus(const Config& config) {
  using Bus = DBusConfig::Bus;
  if (config.dbus.bus == Bus::kNone) return;
  awaited_.insert(kBus);
  const auto kind = config.dbus.bus == Bus::kSystem ? BusKind::kSystem : BusKind::kSession;
  auto& service = front();
  bus_ = std::make_unique<BusService>(loop_, wheel_, clock_, kind, trust_,
                                      make_bus_object(service, doors_), told_of(kBus));
  service.observe([this](const SyncEvent& event) { bus_->emit(event); });
  doors_.observe_paused([this] { bus_->changed("Paused"); });
  doors_.observe_backfill([this](std::uint32_t done, std::uint32_t of, const std::string& season) {
    bus_->backfill_progress(done, of, season);
  });
}

void Daemon::check_authorities(const Config& config) {
  authorities_.reset();
  const auto told = told_of(kAuthorities);
  if (const auto& file = config.upstream.ca_file) {
    authorities_ = std::make_unique<OptionalPart<bool>>(
        loop_, wheel_, clock_, kAuthorities,
        [file = *file] {
          check_ca_file(file);
          return true;
        },
        [](bool) {}, told);
  } else {
    told(std::nullopt);
  }
}

// What the keeper of a PostgreSQL should know at once, and not only when doctor is asked.
void Daemon::look_at_server(const Config& config) {
  if (!config.database.url) return;
  readers_->ask(
      [this](Connection& connection, const std::stop_token& stop) {
        return check_server(connection, clock_, stop);
      },
      [](const Result<CheckAnswers>& result) {
        if (error_of(result) != nullptr) return;
        for (const auto& answer : std::get<CheckAnswers>(result)) {
          if (answer.status != CheckStatus::kFinding) continue;
          log::warning("{}: {}; {}", answer.check, answer.text, answer.hint);
        }
      });
}

// Ready is who has the database, the lock and the socket, and has tried the bus and the address:
// without them the rest works. Those that hang must not hold up the start.
std::function<void(const std::optional<Error>&)> Daemon::told_of(const char* part) {
  return [this, part](const std::optional<Error>& why) {
    problems_.told(part, why);
    awaited_.erase(part);
    if (awaited_.empty()) loop_.post([this] { manager_.ready(); });
  };
}

void Daemon::tell_manager() {
  front().observe([this](const SyncEvent&) { manager_.changed(); });
  doors_.observe_paused([this] { manager_.changed(); });
  reloader_.observe_start([this] { manager_.reloading(); });
  reloader_.observe([this](const protocol::ConfigurationState&) { manager_.reloaded(); });
}

void Daemon::run() {
  if (control_) loop_.run();
  log::info("daemon stopped");
}

void Daemon::apply(const Config& config) {
  log::set_level(config.log.level);
  config_ = config;
  if (cluster_) cluster_->set_options(config.sync);
  if (auto* holding = held()) holding->reconfigure(config);
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
  log::info("daemon stopping");
  manager_.stopping();
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
  if (auto* lease = database_.lease()) {  // the next holder need not wait for our doors
    async(
        threads_.threads().log, [lease] { lease->give_back(); }, [](const auto&) {});
  }
  control_->stop([this] {
    if (bus_) {
      bus_->stop([this] { loop_.stop_when_idle(); });
    } else {
      loop_.stop_when_idle();
    }
  });
}

}  // namespace nbasync
