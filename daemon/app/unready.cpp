#include "app/unready.hpp"

#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <utility>

#include "base/text.hpp"
#include "log/log.hpp"
#include "protocol/names.hpp"
#include "systemd/status_line.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kBetweenOpenings{250};  // at a database that cannot be had

std::filesystem::path place_of(const PassedSockets& passed, const std::optional<Config>& config) {
  return passed.control ? passed.control->path() : config->control.socket;
}

}  // namespace

Unready::Unready(const Error& why, std::function<Config()> read,
                 std::function<void(const Config&)> look, PassedSockets passed,
                 std::optional<Config> config)
    : wheel_(to_tick(clock_.steady())),
      driver_(loop_, wheel_),
      read_(std::move(read)),
      look_(std::move(look)),
      config_(std::move(config)),
      why_(why),  // NOLINT(bugprone-throw-keyword-missing): it is kept
      trust_{std::nullopt, ::geteuid()},
      signals_(loop_),
      manager_(wheel_, clock_, [this] { return status_line(why_); }),
      server_(
          loop_, wheel_, clock_, {"", trust_, place_of(passed, config_)}, [this] { return why_; },
          doors_),
      group_(
          loop_, wheel_, clock_, "group", [] { return find_group(protocol::kGroup); },
          [this](std::optional<gid_t> group) {
            trust_.group = group;
            server_.set_trust(trust_);
          },
          [](const std::optional<Error>&) {}),
      again_([this] {
        loop_.post([this] {
          if (!loading_ && !stopping_) load(false);
        });
      }) {
  listen(std::move(passed));
  open_bus();
  doors_.reload = [this](Doors::Done done) { reload(std::move(done)); };
  signals_.on(SIGHUP, [this] { reload([](const std::optional<Error>&) {}); });
  signals_.on_stop([this] {
    manager_.stopping();
    stop();
  });
  log::error("nothing is synced until this is mended error={}", in_quotes(why.what()));
  told(why);
}

void Unready::listen(PassedSockets passed) {
  server_.listen(
      passed.control ? std::move(*passed.control) : ListenSocket::at_path(config_->control.socket),
      Listener::kSocket);
  if (passed.read) server_.listen(std::move(*passed.read), Listener::kReadSocket);
}

// Where the configuration cannot say which it is, the bus is the system's, as units have it.
void Unready::open_bus() {
  using Bus = DBusConfig::Bus;
  const auto bus = config_ ? config_->dbus.bus : Bus::kSystem;
  if (bus == Bus::kNone) return manager_.ready();
  bus_ = std::make_unique<BusService>(loop_, wheel_, clock_,
                                      bus == Bus::kSystem ? BusKind::kSystem : BusKind::kSession,
                                      trust_, make_refusing_object([this] { return why_; }, doors_),
                                      [this](const std::optional<Error>&) { manager_.ready(); });
}

std::optional<Config> Unready::run() {
  loop_.run();
  return mended_ ? std::move(config_) : std::nullopt;
}

// A mistake of the configuration is mended by somebody, who then says so.
void Unready::told(const Error& why) {
  why_ = why;
  manager_.changed();
  if (why.code() != Errc::kBadConfiguration) {
    wheel_.arm(again_, tick_after(clock_, kBetweenOpenings));
  }
}

// One at a time, however many ask: none is under way any more when it is mended.
void Unready::reload(Doors::Done done) {
  waiting_.push_back(std::move(done));
  if (!loading_) load(true);
}

// What was read stays what is looked at, whatever comes of the look.
void Unready::load(bool reads) {
  loading_ = true;
  again_.cancel();
  const auto config = std::make_shared<std::optional<Config>>(config_);
  async(
      loop_,
      [read = read_, look = look_, config, reads] {
        if (reads) *config = read();
        look(**config);
      },
      [this, config, callers = std::exchange(waiting_, {})](const auto& result) {
        loading_ = false;
        config_ = *config;
        loaded(result, callers);
      });
}

void Unready::loaded(const Result<std::monostate>& result,
                     const std::vector<Doors::Done>& callers) {
  if (const auto* error = error_of(result)) {
    if (!callers.empty() || std::string(error->what()) != why_.what()) {
      log::error("not mended yet error={}", in_quotes(error->what()));
    }
    told(*error);
    for (const auto& done : callers) done(*error);
    if (!waiting_.empty()) load(true);
    return;
  }
  if (bus_) bus_->give_name_back();  // who then asks on is answered by the daemon that serves
  for (const auto& done : callers) done(std::nullopt);
  for (const auto& done : std::exchange(waiting_, {})) done(std::nullopt);
  if (stopping_) return;
  log::info("mended");
  mended_ = true;
  stop();
}

void Unready::stop() {
  if (std::exchange(stopping_, true)) return;
  again_.cancel();
  server_.stop([this] { end(); });
}

void Unready::end() {
  if (bus_) {
    bus_->stop([this] { loop_.stop(); });
  } else {
    loop_.stop();
  }
}

}  // namespace nbasync
