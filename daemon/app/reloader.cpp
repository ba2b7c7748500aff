#include "app/reloader.hpp"

#include <memory>
#include <string>
#include <utility>

#include "base/async.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "log/log.hpp"

namespace nbasync {
namespace {

// Keeps of `config` what can change in a running process, and names what cannot.
std::vector<std::string> keep_fixed(Config& config, const Config& in_force) {
  std::vector<std::string> fixed;
  const auto keep = [&](const char* key, auto& now, const auto& before) {
    if (now != before) fixed.emplace_back(key);
    now = before;
  };
  keep("database", config.database, in_force.database);
  keep("cluster", config.cluster, in_force.cluster);
  keep("control.socket", config.control.socket, in_force.control.socket);
  keep("control.http", config.control.http, in_force.control.http);
  keep("dbus", config.dbus, in_force.dbus);
  keep("log.format", config.log.format, in_force.log.format);
  return fixed;
}

}  // namespace

Reloader::Reloader(Executor& executor, const Clock& clock, Config in_force,
                   std::function<Config()> load, std::function<void(const Config&)> apply)
    : executor_(executor),
      clock_(clock),
      in_force_(std::move(in_force)),
      load_(std::move(load)),
      apply_(std::move(apply)),
      state_{clock.wall(), "", {}} {}

void Reloader::reload(Done done) {
  waiting_.push_back(std::move(done));
  if (!loading_) start();
}

void Reloader::observe(std::function<void(const protocol::ConfigurationState&)> observer) {
  observers_.push_back(std::move(observer));
}

void Reloader::observe_start(std::function<void()> observer) {
  start_observers_.push_back(std::move(observer));
}

void Reloader::start() {
  loading_ = true;
  told_ = std::exchange(waiting_, {});
  for (const auto& observer : start_observers_) observer();
  async(
      executor_, [load = load_] { return load(); },
      [this](const Result<Config>& config) {
        const auto* error = error_of(config);
        if (error == nullptr) loaded(std::get<Config>(config));
        finish(error == nullptr ? std::nullopt : std::optional(*error));
      });
}

void Reloader::loaded(const Config& config) {
  Config next = config;
  state_.restart_needed = keep_fixed(next, in_force_);
  in_force_ = next;
  apply_(in_force_);
}

void Reloader::finish(const std::optional<Error>& error) {
  loading_ = false;
  state_.error = error ? error->what() : "";
  if (error) {
    log::error("configuration not reloaded error={}; the old one stays", in_quotes(error->what()));
  } else {
    state_.loaded_at = clock_.wall();
    log::info("configuration reloaded restart_needed={}",
              in_quotes(format("{}", fmt::join(state_.restart_needed, ","))));
  }
  for (const auto& observer : observers_) observer(state_);
  for (const auto& done : std::exchange(told_, {})) done(error);
  if (!waiting_.empty()) start();
}

}  // namespace nbasync
