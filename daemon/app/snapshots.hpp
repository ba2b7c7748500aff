#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "config/config.hpp"
#include "copy/kept_snapshot.hpp"
#include "db/read_pool.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// Makes the snapshots that the configuration wants, at the times of its cron, on a thread that
// reads: no sync waits for one. Loop thread.
class Snapshots {
 public:
  static constexpr const char* kPart = "snapshots";  // its name among the daemon's problems

  struct Parts {  // all outlive it
    TimerWheel& wheel;
    const Clock& clock;
    ReadPool& readers;
    std::function<bool()> is_ours;        // of daemons that share a database one makes them
    std::function<std::string()> season;  // in force
    // How the last one ended; nullopt: it is there, or none is wanted.
    std::function<void(const std::optional<Error>&)> told;
  };

  explicit Snapshots(Parts parts) : parts_(std::move(parts)), timer_([this] { come_due(); }) {}

  void load(const SnapshotsConfig& config);

  // The wall clock was set: the next time is another.
  void clock_set() { plan(); }

  // Makes no more.
  void stop();

 private:
  void plan();
  void come_due();
  void make();
  void ended(const Result<KeptSnapshot>& made);

  Parts parts_;
  SnapshotsConfig config_;
  Timer timer_;
  SystemTime next_{};
  bool making_ = false;
  bool stopped_ = false;
};

}  // namespace nbasync
