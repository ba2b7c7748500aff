#pragma once

#include <functional>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "model/sync_wish.hpp"

namespace nbasync::ctl {

struct Admission {
  std::string run_id;
  Disposition disposition = Disposition::kStarted;
};

struct RunFilter {
  unsigned limit = 20;
  std::string sync_type;
  std::string status;
};

inline constexpr unsigned kPageRuns = 10;

// Something that happened to a run. name: "queued", "started", "progress" or "finished". data:
// run_id, and as the name has it sync_type, step, percent, status, run.
struct Event {
  std::string name;
  nlohmann::json data;
};

// What follow() is to do. The callbacks may use the client.
struct Follow {
  std::string run_id;  // until this run has ended; empty: until stopped
  int stop_fd = -1;    // stop when this can be read
  std::function<void(const Event&)> on_event = [](const Event&) {};
  std::function<void()> on_tick = {};  // each `tick`, if set
  Duration tick{1000};
};

// The daemon, as the verbs see it, whichever way it is reached. Runs and status are JSON with the
// keys of protocol/status.hpp, absent values null. Connects at the first use. One thread; blocks.
// Everything throws Error: what the daemon answered, or kDaemonUnreachable.
class Client {
 public:
  virtual ~Client() = default;

  virtual Admission sync(const SyncWish& wish) = 0;
  virtual nlohmann::json status() = 0;
  // The same for a page: of the recent runs the last ten are enough, and are quicker to be had.
  virtual nlohmann::json page() { return status(); }
  virtual nlohmann::json run(const std::string& run_id) = 0;
  virtual nlohmann::json runs(const RunFilter& filter) = 0;  // newest first
  virtual void cancel(const std::string& run_id) = 0;
  virtual std::string version() = 0;
  virtual void pause() = 0;
  virtual void resume() = 0;
  virtual void reload() = 0;                                        // throws what is wrong with it
  virtual nlohmann::json explain(const std::string& schedule) = 0;  // protocol/schedules.hpp
  virtual nlohmann::json games(const std::optional<std::string>& date) = 0;  // rows of todays_games

  // Events from now on are kept for follow().
  virtual void listen() = 0;

  // Delivers the events, on this thread, until the run has ended: then the run; nullopt if stopped.
  // Throws also when the daemon goes away.
  virtual std::optional<nlohmann::json> follow(const Follow& how) = 0;
};

}  // namespace nbasync::ctl
