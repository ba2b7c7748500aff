#include "app/misconfigured.hpp"

#include <unistd.h>

#include <csignal>
#include <utility>

#include "base/async.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "protocol/names.hpp"
#include "systemd/status_line.hpp"
#include "timer/tick.hpp"

namespace nbasync {

// The bus is the system's, as units have it: the configuration cannot say.
Misconfigured::Misconfigured(const Error& mistake, std::function<Config()> load,
                             PassedSockets passed)
    : wheel_(to_tick(clock_.steady())),
      driver_(loop_, wheel_),
      load_(std::move(load)),
      mistake_(mistake),  // NOLINT(bugprone-throw-keyword-missing): it is kept
      trust_{std::nullopt, ::geteuid()},
      signals_(loop_),
      manager_(wheel_, clock_, [this] { return status_line(mistake_); }),
      server_(
          loop_, wheel_, clock_, {"", trust_, passed.control->path()}, [this] { return mistake_; },
          doors_),
      bus_(loop_, wheel_, clock_, BusKind::kSystem, trust_,
           make_refusing_object([this] { return mistake_; }, doors_),
           [this](const std::optional<Error>&) { manager_.ready(); }),
      group_(
          loop_, wheel_, clock_, "group", [] { return find_group(protocol::kGroup); },
          [this](std::optional<gid_t> group) {
            trust_.group = group;
            server_.set_trust(trust_);
          },
          [](const std::optional<Error>&) {}) {
  server_.listen(std::move(*passed.control), Listener::kSocket);
  if (passed.read) server_.listen(std::move(*passed.read), Listener::kReadSocket);
  doors_.reload = [this](Doors::Done done) { reload(std::move(done)); };
  signals_.on(SIGHUP, [this] { reload([](const std::optional<Error>&) {}); });
  signals_.on_stop([this] {
    manager_.stopping();
    stop();
  });
  told(mistake);
}

std::optional<Config> Misconfigured::run() {
  loop_.run();
  return std::move(mended_);
}

void Misconfigured::told(const Error& mistake) {
  mistake_ = mistake;
  log::error(
      "configuration has a mistake error={}; nothing is synced until a reload finds it "
      "mended",
      in_quotes(mistake.what()));
  manager_.changed();
}

// One at a time, however many ask: none is under way any more when it is mended.
void Misconfigured::reload(Doors::Done done) {
  waiting_.push_back(std::move(done));
  if (!loading_) load();
}

void Misconfigured::load() {
  loading_ = true;
  async(loop_, load_, [this, callers = std::exchange(waiting_, {})](Result<Config> config) {
    loading_ = false;
    if (const auto* error = error_of(config)) {
      told(*error);
      for (const auto& done : callers) done(*error);
      if (!waiting_.empty()) load();
      return;
    }
    bus_.give_name_back();  // who then asks on is to be answered by the daemon that serves
    for (const auto& done : callers) done(std::nullopt);
    for (const auto& done : std::exchange(waiting_, {})) done(std::nullopt);
    if (stopping_) return;
    log::info("configuration mended");
    mended_ = std::get<Config>(std::move(config));
    stop();
  });
}

void Misconfigured::stop() {
  if (std::exchange(stopping_, true)) return;
  server_.stop([this] { bus_.stop([this] { loop_.stop(); }); });
}

}  // namespace nbasync
