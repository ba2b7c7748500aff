#include "app/engine.hpp"

#include <map>
#include <utility>

#include "base/format.hpp"
#include "log/log.hpp"
#include "net/make_fetcher.hpp"
#include "protocol/names.hpp"

namespace nbasync {
namespace {

StoreOptions store_options(const DatabaseConfig& config) {
  StoreOptions options;
  options.busy_timeout = config.busy_timeout;
  options.synchronous_full = config.synchronous == DatabaseConfig::Synchronous::kFull;
  return options;
}

FetcherOptions fetcher_options(const UpstreamConfig& config) {
  FetcherOptions options;
  options.stats_url = config.stats_url;
  options.cdn_url = config.cdn_url;
  options.min_interval = config.min_interval;
  options.connect_timeout = config.connect_timeout;
  options.timeout = config.timeout;
  options.retries = config.retries;
  options.user_agent = config.user_agent;
  options.headers.assign(config.headers.begin(), config.headers.end());
  options.proxy = config.proxy;
  return options;
}

SyncOptions sync_options(const Config& config) {
  SyncOptions options;
  options.season = config.season;
  options.queue_limit = static_cast<std::size_t>(config.sync.queue_limit);
  options.run_timeout = config.sync.run_timeout;
  for (const auto& [type, lock] : config.sync.defaults) {
    options.defaults.emplace(type, LockWait{lock.timeout, lock.wait});
  }
  options.stale_after.insert(config.sync.freshness.begin(), config.sync.freshness.end());
  return options;
}

// The log as the last process left it: what it did not end, it will not end any more.
RunLog open_log(const std::string& database, const Clock& clock) {
  RunLog log(database);
  const int closed = log.close_interrupted(clock.wall());
  if (closed > 0) log::warning("sync log closed rows={} status=interrupted", closed);
  return log;
}

}  // namespace

Engine::Engine(const Config& config, Executor& executor, TimerWheel& wheel, const Clock& clock,
               LockFile& lock)
    : clock_(clock),
      upstream_(config.upstream),
      store_(config.database.path, store_options(config.database)),
      log_(open_log(config.database.path, clock)),
      fetcher_(make_fetcher(fetcher_options(config.upstream), clock)),
      runner_(store_, log_, *fetcher_, lock, clock),
      service_(executor, wheel, clock, runner_, log_, sync_options(config)) {
  service_.describe([this](protocol::Status& status) {
    status.version = protocol::kVersion;
    for (const auto& host : fetcher_->host_states()) {
      status.upstream.push_back(
          {host.host, host.state, host.traffic.requests, host.traffic.bytes_received});
    }
  });
}

void Engine::reconfigure(const Config& config) {
  service_.set_options(sync_options(config));
  if (config.upstream == std::exchange(upstream_, config.upstream)) return;
  service_.between_runs([this] {
    auto fetcher = make_fetcher(fetcher_options(upstream_), clock_);
    runner_.set_fetcher(*fetcher);
    fetcher_ = std::move(fetcher);
  });
}

std::string lock_path(const Config& config) { return config.database.path.string() + ".lock"; }

std::string held_sentence(const LockFile& lock, const std::string& database) {
  const auto holder = lock.holder();
  if (!holder) return format("database {} is locked by another process", database);
  std::string since = holder->started_at ? format_utc(*holder->started_at) : "an unknown time";
  if (!holder->run_id.empty() && holder->run_started_at) {
    return format(
        "Another sync operation is already in progress: {} started at {} (run {}, {} "
        "with pid {} since {})",
        holder->sync_type, format_utc(*holder->run_started_at), holder->run_id, holder->program,
        holder->pid, since);
  }
  return format(
      "database {} is held by a {} with pid {} since {}; ask it with nbasyncctl, or "
      "stop it first",
      database, holder->program, holder->pid, since);
}

}  // namespace nbasync
