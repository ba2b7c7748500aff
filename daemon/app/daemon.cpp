#include "app/daemon.hpp"

#include <unistd.h>

#include <csignal>
#include <cstring>
#include <utility>

#include "app/start_lock.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "base/uuid.hpp"
#include "config/postgres_of.hpp"
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
    cluster_->begin();
    bell_.emplace(postgres_address(config.database),
                  [this] { loop_.post([this] { cluster_->look(); }); });
  }
  if (!cluster_) {
    holding_->begin(config);
  } else if (!holding_) {
    if (config.cluster.standby) {
      log::info("standing by: this daemon takes no lock");
    } else {
      log::info("another has the lock: {}", database_.lock().held_sentence());
      candidacy_->begin();
    }
  }
}

// With others: whoever has the lock syncs, each serves.
void Daemon::share(const Config& config) {
  database_.lock().on_lost([this] {
    loop_.post([this] {
      log::error("the lock is lost: {}", database_.lock().held_sentence());
      let_go();
    });
  });
  open(config);
  cluster_.emplace(
      ClusterFront::Parts{threads_.threads().line, wheel_, clock_, database_.database(), *readers_,
                          database_.instance(), config.cluster.standby ? kStandby : kFollower,
                          config.cluster.poll},
      config.sync);
  cluster_->describe([this](protocol::Status& status) {
    status.configuration = reloader_.state();
    status.problems = problems_.list();
  });
  cluster_->on_look([this] { looked(); });
  candidacy_.emplace(wheel_, clock_, *cluster_, *database_.lease(), [this] {
    try {
      hold(config_);
    } catch (const Error& error) {
      log::error("the lock cannot be kept error={}", in_quotes(error.what()));
      let_go();
    }
  });
  if (Candidacy::try_at_start(database_.database(), *database_.lease(), clock_,
                              !config.cluster.standby)) {
    hold(config);
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

// Who shares the database may let it go again, with all that is asked of it.
void Daemon::hold(const Config& config) {
  if (cluster_) {
    held_readers_.emplace(threads_.threads().readers, database_.database(),
                          static_cast<std::size_t>(config.database.readers));
  }
  holding_.emplace(
      config, Engine::Parts{threads_.threads(), wheel_, clock_, database_.database(),
                            database_.lock(), held_readers_ ? *held_readers_ : *readers_, hosts_,
                            cluster_ ? &*cluster_ : nullptr});
  if (cluster_) {
    cluster_->hold(holding_->service(), database_.lease()->epoch());
    log::info("the lock is taken epoch={}", database_.lease()->epoch());
    begins_ = true;
    if (!database_.lease()->is_held()) loop_.post([this] { let_go(); });  // lost before it began
  }
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
  const auto pause = [this](bool paused, const std::string& by) {
    if (held() == nullptr) return wish(paused, by);
    if (paused) {
      holding_->scheduler().pause(by);
    } else {
      holding_->scheduler().resume(by);
    }
  };
  doors.pause = [pause](const std::string& by) { pause(true, by); };
  doors.resume = [pause](const std::string& by) { pause(false, by); };
  doors.paused = [this] {
    return held() != nullptr ? holding_->scheduler().paused() : cluster_->seen().paused;
  };
  doors.observe_paused = [this](std::function<void()> observer) {
    paused_observers_.push_back(std::move(observer));
  };
  doors.backfill = [this](const std::string& from, const std::string& to, const std::string& by) {
    return require_holding().backfill().begin(from, to, by);
  };
  doors.stop_backfill = [this](const std::string& by) {
    return require_holding().backfill().stop(by);
  };
  doors.backfill_state = [this] {
    return held() != nullptr ? holding_->backfill().state() : cluster_->told().backfill;
  };
  doors.observe_backfill = [this](Doors::BackfillObserver observer) {
    backfill_observers_.push_back(std::move(observer));
  };
  doors.first_sync = [this] {
    return held() != nullptr ? holding_->first_sync().story() : cluster_->told().first_sync;
  };
  doors.reload = [this](Doors::Done done) { reloader_.reload(std::move(done)); };
  doors.schedules = [this] {
    return held() != nullptr ? holding_->scheduler().schedules() : cluster_->told().schedules;
  };
  doors.explain = [this](const std::string& name) {
    return require_holding().scheduler().explain(name);
  };
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

// Of what only the holder knows.
Holding& Daemon::require_holding() {
  if (auto* holding = held()) return *holding;
  const auto& holder = cluster_->seen().holder;
  throw Error(Errc::kSyncInProgress,
              format("this daemon does not have the lock; ask {}",
                     holder.empty() ? "again when one has it" : "the one on " + holder));
}

void Daemon::wish(bool paused, const std::string& by) {
  cluster_->ask_line(
      [wished = PauseWish{paused, by, make_uuid()}](Connection& connection,
                                                    const std::stop_token& stop) {
        nbasync::wish(connection, wished, stop);
        return true;
      },
      [](const Result<bool>& result) {
        if (const auto* error = error_of(result)) {
          log::error("not told to the holder error={}", in_quotes(error->what()));
        }
      });
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

// Another has the lock: what is under way is broken off, none of it could be written any more. This
// one serves on, and is a candidate again.
void Daemon::let_go() {
  if (stopping_ || letting_go_) return;
  letting_go_ = true;
  cluster_->release();
  const auto gone = [this] {
    holding_.reset();
    held_readers_.reset();
    letting_go_ = false;
    if (stopping_) return drained();
    manager_.changed();
    cluster_->ask_line(
        [this](Connection&, const std::stop_token&) {
          database_.lease()->give_back();
          return true;
        },
        [this](const Result<bool>&) {
          if (!stopping_) candidacy_->begin();
        });
  };
  if (!holding_) return loop_.post(gone);
  holding_->shut_down([this, gone] { loop_.post(gone); });  // what it has posted comes first
}

// What another holder has told, or somebody wishes of this one.
void Daemon::looked() {
  if (cluster_->seen().holder.empty()) candidacy_->try_now();
  begin_holding();
  do_wish();
  if (std::exchange(was_paused_, doors_.paused()) == doors_.paused()) return;
  for (const auto& observer : paused_observers_) observer();
}

// What is in line is known by now.
void Daemon::begin_holding() {
  if (held() == nullptr || !std::exchange(begins_, false)) return;
  try {
    holding_->begin(config_);
  } catch (const Error& error) {
    log::error("the lock cannot be kept error={}", in_quotes(error.what()));
    let_go();
  }
}

// Once; it is taken away when it is in the database that it is done.
void Daemon::do_wish() {
  const auto text = cluster_->seen().wish;
  if (held() == nullptr || text.empty()) return;
  const auto wish = pause_wish_in(text);
  if (std::exchange(wish_done_, text) != text) {
    if (wish.paused) {
      holding_->scheduler().pause(wish.by);
    } else {
      holding_->scheduler().resume(wish.by);
    }
  } else if (cluster_->seen().paused == wish.paused) {
    cluster_->ask_line(
        [text](Connection& connection, const std::stop_token& stop) {
          connection.write([&] { take_wish_away(connection, text, stop); }, stop);
          return true;
        },
        [](const auto&) {});
  }
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
  control_->stop([this] {
    if (bus_) {
      bus_->stop([this] { loop_.stop_when_idle(); });
    } else {
      loop_.stop_when_idle();
    }
  });
}

}  // namespace nbasync
