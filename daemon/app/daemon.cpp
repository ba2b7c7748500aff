#include "app/daemon.hpp"

#include <unistd.h>

#include <csignal>
#include <cstring>
#include <utility>

#include "app/start_lock.hpp"
#include "base/text.hpp"
#include "control/token.hpp"
#include "doctor/server_checks.hpp"
#include "log/log.hpp"
#include "model/trust.hpp"
#include "net/ca_file.hpp"
#include "protocol/names.hpp"
#include "query/changes.hpp"
#include "systemd/status_line.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

// The parts that it can do without.
constexpr const char* kAddress = "control.http.listen";
constexpr const char* kBus = "dbus";
constexpr const char* kGroup = "group";
constexpr const char* kFile = "database.path";
constexpr const char* kAuthorities = "upstream.ca_file";

}  // namespace

Daemon::Daemon(const Config& config, std::function<Config()> load, PassedSockets passed)
    : wheel_(to_tick(clock_.steady())),
      driver_(loop_, wheel_),
      threads_(loop_, static_cast<std::size_t>(config.database.readers)),
      database_(config),
      reloader_(loop_, clock_, config, std::move(load),
                [this](const Config& changed) { apply(changed); }),
      doors_(make_doors()),
      trust_{std::nullopt, ::geteuid()},
      clock_watch_(loop_, clock_,
                   [this](SystemTime::duration by) { holding_->scheduler().clock_set(by); }),
      signals_(loop_),
      manager_(wheel_, clock_, [this] { return status_line(holding_->service().status()); }),
      end_(threads_, [this] {
        if (holding_) holding_->abandon();
        if (readers_) readers_->stop();
      }) {
  database_.lock().on_lost([this] { loop_.post([this] { lose_lock(); }); });
  if (!StartLock(loop_, wheel_, clock_, manager_, database_.lock()).take()) return;  // told to stop
  open(config);
  hold(config);
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
  holding_->begin(config);
}

void Daemon::open(const Config& config) {
  readers_.emplace(threads_.threads().readers, database_.open(),
                   static_cast<std::size_t>(config.database.readers));
  doctor_.emplace(
      Doctor::Parts{loop_, wheel_, clock_, *readers_, hosts_, [this] { return problems_.list(); }},
      config);
  doctor_->on_data([this](const CheckAnswers& answers) { control_->metrics().checked(answers); });
}

void Daemon::hold(const Config& config) {
  holding_.emplace(config, Engine::Parts{threads_.threads(), wheel_, clock_, database_.database(),
                                         database_.lock(), *readers_, hosts_});
  holding_->service().describe([this](protocol::Status& status) {
    status.configuration = reloader_.state();
    status.problems = problems_.list();
  });
  holding_->engine().observe_damage(told_of(kFile));
  holding_->decisions().observe([this](const Decision& decision) {
    if (control_) control_->metrics().decided(decision);
  });
  holding_->scheduler().observe_paused([this] {
    for (const auto& observer : paused_observers_) observer();
  });
  holding_->backfill().observe(
      [this](std::uint32_t done, std::uint32_t of, const std::string& season) {
        for (const auto& observer : backfill_observers_) observer(done, of, season);
      });
}

Doors Daemon::make_doors() {
  Doors doors;
  doors.pause = [this](const std::string& by) { holding_->scheduler().pause(by); };
  doors.resume = [this](const std::string& by) { holding_->scheduler().resume(by); };
  doors.paused = [this] { return holding_->scheduler().paused(); };
  doors.observe_paused = [this](std::function<void()> observer) {
    paused_observers_.push_back(std::move(observer));
  };
  doors.backfill = [this](const std::string& from, const std::string& to, const std::string& by) {
    return holding_->backfill().begin(from, to, by);
  };
  doors.stop_backfill = [this](const std::string& by) { return holding_->backfill().stop(by); };
  doors.backfill_state = [this] { return holding_->backfill().state(); };
  doors.observe_backfill = [this](Doors::BackfillObserver observer) {
    backfill_observers_.push_back(std::move(observer));
  };
  doors.first_sync = [this] { return holding_->first_sync().story(); };
  doors.reload = [this](Doors::Done done) { reloader_.reload(std::move(done)); };
  doors.schedules = [this] { return holding_->scheduler().schedules(); };
  doors.explain = [this](const std::string& name) { return holding_->scheduler().explain(name); };
  doors.changes = [this](const ChangesQuestion& question, auto told) {
    readers_->ask(
        [question](Connection& connection, const std::stop_token& stop) {
          auto answer = changes(connection, question, ",", stop);
          if (!answer.gone.empty()) throw Error(Errc::kChangesGone, answer.gone);
          return answer;
        },
        std::move(told));
  };
  doors.doctor = [this](auto told) { doctor_->ask(std::move(told)); };
  return doors;
}

void Daemon::open_control(const Config& config, PassedSockets passed) {
  const auto path = passed.control ? passed.control->path() : config.control.socket;
  Authorization::Rules rules{read_token(config.control.http.token_file), trust_, path, own_names()};
  const auto& hosts = config.control.http.allowed_hosts;
  rules.hosts.insert(rules.hosts.end(), hosts.begin(), hosts.end());
  control_.emplace(loop_, wheel_, clock_, holding_->service(), *readers_, doors_, std::move(rules));
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
  auto& service = holding_->service();
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
  holding_->service().observe([this](const SyncEvent&) { manager_.changed(); });
  doors_.observe_paused([this] { manager_.changed(); });
  reloader_.observe_start([this] { manager_.reloading(); });
  reloader_.observe([this](const protocol::ConfigurationState&) { manager_.reloaded(); });
}

void Daemon::run() {
  if (holding_) loop_.run();
  log::info("daemon stopped");
  if (lost_) throw Error(Errc::kSyncInProgress, *lost_);
}

// What is under way is broken off: none of it could be written any more.
void Daemon::lose_lock() {
  if (stopping_) return;
  lost_ = database_.lock().held_sentence();
  log::error("the lock is lost: {}", *lost_);
  shut_down();
}

void Daemon::apply(const Config& config) {
  log::set_level(config.log.level);
  holding_->reconfigure(config);
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
  if (!lost_) manager_.stopping();
  doctor_->stop();
  address_.reset();
  authorities_.reset();
  group_.reset();
  read_socket_.reset();
  holding_->shut_down([this] { drained(); });
}

// By now every caller that waited for a run has been told its end.
void Daemon::drained() {
  readers_->stop();
  control_->stop([this] {
    if (bus_) {
      bus_->stop([this] { loop_.stop_when_idle(); });
    } else {
      loop_.stop_when_idle();
    }
  });
}

}  // namespace nbasync
