#include "app/engine.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "log/log.hpp"
#include "net/make_fetcher.hpp"
#include "protocol/names.hpp"
#include "schedule/zone.hpp"
#include "store/run_log.hpp"
#include "store/schema.hpp"
#include "sync/describe_job.hpp"
#include "sync/request_defaults.hpp"
#include "sync/write_log.hpp"

namespace nbasync {
namespace {

// How long a stop waits for the log to be written.
constexpr Duration kLogPatience{1'500};

// The file of the database is looked at for who asks for the status, but not more often.
constexpr Duration kBetweenLooks{1'000};

// Now, while there are descriptors: what cannot be read the first time stays unknown for ever. Who
// needs it is told that it is not there; so is doctor.
void read_league_zone(SystemTime now) {
  try {
    (void)league_day(now);
  } catch (const Error& error) {
    log::warning("time zone of the league not read error={}", in_quotes(error.what()));
  }
}

NoteRun note_in(SharedLine* line) {
  if (line == nullptr) return [](auto&, const auto&, const auto&) {};
  return [line](Connection& connection, const RunRecord& run, const std::stop_token& stop) {
    line->note(connection, run, stop);
  };
}

}  // namespace

LastState Engine::prepare(const Config& config, Database& database, const Clock& clock) {
  const auto now = clock.wall();
  std::optional<LastState> left;
  database.prepare(bring_up_to_date, [&](Connection& connection) {
    left = read_last_state(connection, season_in_force(config.sync.season, now), now);
  });
  close_open_rows(database, *left);
  return std::move(*left);
}

Engine::Engine(const Config& config, const Parts& parts, const LastState& left)
    : clock_(parts.clock),
      upstream_(config.upstream),
      database_(parts.database),
      store_(database_, Store::Prepared{}),
      log_(parts.threads.log, parts.wheel, clock_,
           write_log_to(database_, std::nullopt, note_in(parts.line))),
      readers_(parts.readers),
      hosts_(parts.hosts),
      fetcher_(make_fetcher(config.upstream, clock_, hosts_)),
      planner_(store_, *fetcher_, config.sync),
      runner_(store_, parts.lock, clock_,
              [this](const SyncJob& job) { return planner_.plan(job); }),
      service_(
          parts.threads.worker, parts.wheel, clock_,
          [this](const SyncJob& job, const Cancellation& cancel, const RunObserver& observer) {
            return runner_.run(job, cancel, observer);
          },
          log_, readers_, left.history, config.sync) {
  if (parts.line != nullptr) {
    service_.stand_behind(*parts.line);
    log_.share();
  }
  read_league_zone(clock_.wall());
  service_.describe([this](protocol::Status& status) {
    status.version = protocol::kVersion;
    look_at_file();
    for (const auto& host : hosts_.states(clock_.steady(), clock_.wall())) {
      status.upstream.push_back(
          {host.host, host.state, host.traffic.requests, host.traffic.bytes_received});
    }
  });
  log_.set_history(config.sync.history);
  log_.set_changes_kept(config.sync.changes);
  store_.on_change([this, &loop = parts.threads.worker](const DataChange& change) {
    loop.post([this, change] {
      changes_told_(change);
      service_.tell(change);
    });
  });
  for (const auto& row : left.not_closed) log_.write(row);
  check_whole_file();
  database_.observe([this, &loop = parts.threads.log](const std::string& what) {
    log::error("{}", what);
    loop.post([this] { file_changed(); });
  });
}

// What is known of the file before is not true of the one that is there now. It may be a copy that
// was made while a run was under way.
void Engine::file_changed() {
  check_whole_file();
  service_.forget_history();
  history_known_ = false;
  const auto read = [season = service_.season(), now = clock_.wall()](Connection& connection,
                                                                      const std::stop_token& stop) {
    return std::pair(RunHistory(connection, season, now), run_log::open_rows(connection, stop));
  };
  readers_.ask(read, [this](Result<std::pair<RunHistory, std::vector<RunRecord>>> answer) {
    if (error_of(answer) != nullptr) return;  // it cannot be opened: nothing is known
    auto& [history, open] = std::get<0>(answer);
    service_.remember_history(history);
    history_known_ = true;
    for (const auto& row : open) {
      const auto run_id = row.run_id.substr(0, row.run_id.find('/'));
      if (!service_.is_active(run_id)) log_.write(interrupted(row, clock_.wall()));
    }
  });
}

// Who asks for the status gets it from memory, at once; the next one gets it of the file that was
// there by now.
void Engine::look_at_file() {
  if (looking_ || (looked_at_ && clock_.steady() - *looked_at_ < kBetweenLooks)) return;
  looking_ = true;
  const auto look = [](Connection& connection, const std::stop_token& stop) {
    connection.each(
        "SELECT 1", {}, [](const Row&) {}, stop);
    return true;
  };
  readers_.ask(look, [this](const Result<bool>& answer) {
    looking_ = false;
    looked_at_ = clock_.steady();
    damage_told_(database_.damage());  // who writes may have found it
    const auto* error = error_of(answer);
    if (error == nullptr && !history_known_) file_changed();
    if (error == nullptr || error->code() != Errc::kStorageReplaced) return;
    if (std::exchange(history_known_, false)) log::error("{}", error->what());
    service_.forget_history();
  });
}

// Now, so that damage is told before somebody wants to write.
void Engine::check_whole_file() {
  const auto check = [&database = database_](Connection&, const std::stop_token& stop) {
    database.check(stop);
    return true;
  };
  readers_.ask(check, [this](const Result<bool>& answer) {
    const auto* error = error_of(answer);
    if (error != nullptr && error->code() != Errc::kCancelled) log::error("{}", error->what());
    damage_told_(database_.damage());
  });
}

void Engine::shut_down(std::function<void()> stopped) {
  service_.shut_down([this, stopped = std::move(stopped)] { log_.stop(kLogPatience, stopped); });
}

void Engine::abandon() {
  service_.abandon();
  log_.break_off();
  readers_.stop();
}

void Engine::reconfigure(const Config& config) {
  log_.set_history(config.sync.history);
  log_.set_changes_kept(config.sync.changes);
  service_.set_options(config.sync);
  service_.between_runs([this, options = config.sync] { planner_.set_options(options); });
  if (config.upstream == std::exchange(upstream_, config.upstream)) return;
  service_.between_runs([this] {
    auto fetcher = make_fetcher(upstream_, clock_, hosts_);
    planner_.set_fetcher(*fetcher);
    fetcher_ = std::move(fetcher);
  });
}

}  // namespace nbasync
