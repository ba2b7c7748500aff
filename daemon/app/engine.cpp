#include "app/engine.hpp"

#include <map>
#include <utility>

#include "base/format.hpp"
#include "log/log.hpp"
#include "net/make_fetcher.hpp"
#include "protocol/names.hpp"
#include "store/run_log.hpp"
#include "sync/describe_job.hpp"

namespace nbasync {
namespace {

// How long a stop waits for the log to be written.
constexpr Duration kLogPatience{2'000};

// How long a start waits for other programs that hold the database.
constexpr Duration kStartPatience{500};

}  // namespace

Engine::Engine(const Config& config, const Threads& threads, TimerWheel& wheel, const Clock& clock,
               LockFile& lock)
    : clock_(clock),
      upstream_(config.upstream),
      database_(config.database.path, config.database),
      store_(database_),
      log_(threads.log, wheel, clock, write_log_to(database_)),
      readers_(threads.readers, database_, static_cast<std::size_t>(config.database.readers)),
      fetcher_(make_fetcher(config.upstream, clock, hosts_)),
      planner_(store_, *fetcher_),
      runner_(store_, lock, clock, [this](const SyncJob& job) { return planner_.plan(job); }),
      service_(
          threads.worker, wheel, clock,
          [this](const SyncJob& job, const Cancellation& cancel, const RunObserver& observer) {
            return runner_.run(job, cancel, observer);
          },
          log_, readers_, RunHistory(*database_.connect_reader(), clock.wall()), config.sync) {
  service_.describe([this](protocol::Status& status) {
    status.version = protocol::kVersion;
    for (const auto& host : hosts_.states(clock_.steady(), clock_.wall())) {
      status.upstream.push_back(
          {host.host, host.state, host.traffic.requests, host.traffic.bytes_received});
    }
  });
  close_open_rows();
}

// What the last process did not end, nobody will end any more.
void Engine::close_open_rows() {
  LogBatch batch;
  for (const auto& row : run_log::open_rows(*database_.connect_reader(), {})) {
    batch.runs.push_back(interrupted(row, clock_.wall()));
  }
  if (batch.empty()) return;
  log::warning("sync log closed rows={} status=interrupted", batch.runs.size());
  try {
    write_log_to(database_, kStartPatience)(batch, {});
  } catch (const Error&) {  // another program holds the database: the start does not wait for it
    for (const auto& row : batch.runs) log_.write(row);
  }
}

ScheduleRecords Engine::schedule_records() const {
  auto records = schedule_store::read(*database_.connect_reader(), {});
  for (auto& [name, run] : records.last_runs) {
    if (run.status == RunStatus::kStarted) run = interrupted(std::move(run), clock_.wall());
  }
  return records;
}

void Engine::shut_down(std::function<void()> stopped) {
  service_.shut_down([this, stopped = std::move(stopped)] {
    readers_.stop();
    log_.stop(kLogPatience, stopped);
  });
}

void Engine::abandon() {
  service_.abandon();
  log_.break_off();
  readers_.stop();
}

void Engine::reconfigure(const Config& config) {
  service_.set_options(config.sync);
  if (config.upstream == std::exchange(upstream_, config.upstream)) return;
  service_.between_runs([this] {
    auto fetcher = make_fetcher(upstream_, clock_, hosts_);
    planner_.set_fetcher(*fetcher);
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
