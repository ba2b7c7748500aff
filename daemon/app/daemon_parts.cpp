#include <utility>

#include "app/daemon.hpp"
#include "base/text.hpp"
#include "control/token.hpp"
#include "doctor/server_checks.hpp"
#include "log/log.hpp"
#include "model/trust.hpp"
#include "net/ca_file.hpp"
#include "protocol/names.hpp"

// The doors of a daemon, and the other parts that it can do without for a while.
namespace nbasync {
namespace {

// The parts that it can do without.
constexpr const char* kAddress = "control.http.listen";
constexpr const char* kBus = "dbus";
constexpr const char* kGroup = "group";
constexpr const char* kAuthorities = "upstream.ca_file";

}  // namespace

void Daemon::open_control(const Config& config, PassedSockets passed) {
  const auto path = passed.control ? passed.control->path() : config.control.socket;
  Authorization::Rules rules{read_token(config.control.http.token_file), trust_, path, own_names()};
  const auto& hosts = config.control.http.allowed_hosts;
  rules.hosts.insert(rules.hosts.end(), hosts.begin(), hosts.end());
  control_.emplace(loop_, wheel_, clock_, front(), *readers_, doors_, std::move(rules));
  if (cluster_) control_->metrics().watch_cluster([this] { return cluster_figures(); });
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

}  // namespace nbasync
