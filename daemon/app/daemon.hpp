#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/candidacy.hpp"
#include "app/chosen_database.hpp"
#include "app/engine_threads.hpp"
#include "app/holding.hpp"
#include "app/optional_part.hpp"
#include "app/passed_sockets.hpp"
#include "app/problems.hpp"
#include "app/read_socket.hpp"
#include "app/reloader.hpp"
#include "app/snapshots.hpp"
#include "base/clock.hpp"
#include "bus/bus_service.hpp"
#include "cluster/bell.hpp"
#include "cluster/cluster_front.hpp"
#include "cluster/lease_watch.hpp"
#include "config/config.hpp"
#include "control/control_server.hpp"
#include "doctor/doctor.hpp"
#include "door/doors.hpp"
#include "event/clock_watch.hpp"
#include "event/loop.hpp"
#include "event/signals.hpp"
#include "event/wheel_driver.hpp"
#include "http/listen_socket.hpp"
#include "model/trust.hpp"
#include "net/upstream_hosts.hpp"
#include "outlet/hooks.hpp"
#include "systemd/service_manager.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// The daemon: the engine with its front doors, on one loop. Members stand in the order of their
// lives.
class Daemon {
 public:
  // Takes the lock, for which it waits while a --once has it, and opens the database; where several
  // share that, another may have the lock. Throws Error: kSyncInProgress if another daemon has the
  // lock of a file. A stop signal ends the wait; run() then does nothing. `load` reads the
  // configuration again; it is called on a pool thread. `passed`: the socket from systemd, which is
  // served instead of one at control.socket.
  Daemon(const Config& config, std::function<Config()> load, PassedSockets passed = {});
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  // Serves until a stop signal (event/signals.hpp); a sync under way is then cancelled and rolled
  // back. Throws Error(kSyncInProgress), after the same, if another process has taken this one's
  // name.
  void run();

 private:
  void open(const Config& config);
  void share(const Config& config);
  void hold(const Config& config, LastState left);
  void give_way(const std::string& who);
  void let_go();
  Doors make_doors();
  void open_control(const Config& config, PassedSockets passed);
  void serve_reads(const ControlConfig& config);
  void ask_for_group();
  void open_bus(const Config& config);
  void check_authorities(const Config& config);
  void look_at_server(const Config& config);
  std::function<void(const std::optional<Error>&)> told_of(const char* part);
  void tell_manager();
  void apply(const Config& config);
  void reload();
  SyncFront& front() { return cluster_ ? static_cast<SyncFront&>(*cluster_) : holding_->service(); }
  // What has the lock, once it has begun and until it is let go; null: another daemon's it is.
  Holding* held() { return holding_ && !begins_ && !letting_go_ ? &*holding_ : nullptr; }
  void looked();
  void begin_holding();
  void do_wish();
  void wish(bool paused, const std::string& by);
  void set_paused(bool paused, const std::string& by);
  void describe(protocol::Status& status) const;
  ClusterMetrics::Figures cluster_figures();
  Holding& require_holding();
  protocol::Explanation explained(const std::string& name) const;
  void shut_down();
  void drained();

  RealClock clock_;
  TimerWheel wheel_;
  Loop loop_;
  WheelDriver driver_;
  EngineThreads threads_;
  ChosenDatabase database_;
  std::optional<ReadPool> readers_;
  UpstreamHosts hosts_;
  std::optional<ClusterFront> cluster_;    // where several daemons share the database
  std::optional<Bell> bell_;               // likewise
  std::optional<Candidacy> candidacy_;     // likewise
  std::optional<LeaseWatch> lease_watch_;  // likewise
  std::optional<ReadPool> held_readers_;   // likewise, of the holding's own
  std::optional<Holding> holding_;         // while the lock is held
  Config config_;                          // in force
  Reloader reloader_;
  std::vector<std::function<void()>> paused_observers_;
  std::vector<Doors::BackfillObserver> backfill_observers_;
  Doors doors_;
  Trust trust_;  // the group once it is known
  ClockWatch clock_watch_;
  Signals signals_;
  Problems problems_{clock_, [this] { manager_.changed(); }};
  std::optional<Snapshots> snapshots_;
  Hooks hooks_{{loop_, wheel_, clock_, tell_hook,
                [this](const std::string& part, const std::optional<Error>& why) {
                  problems_.told(part, why);
                }}};
  std::optional<Doctor> doctor_;
  std::optional<ControlServer> control_;
  std::optional<std::filesystem::path> own_socket_;  // control.socket, unless systemd passed it
  std::set<std::string> awaited_;                    // parts that have not been tried yet
  ServiceManager manager_;
  std::unique_ptr<BusService> bus_;
  std::unique_ptr<OptionalPart<std::optional<gid_t>>> group_;
  std::unique_ptr<OptionalPart<ListenSocket>> address_;
  std::optional<ReadSocket> read_socket_;  // unless systemd passed one
  std::unique_ptr<OptionalPart<bool>> authorities_;
  bool stopping_ = false;
  std::optional<std::string> name_lost_;  // to whom, a sentence
  bool begins_ = false;                   // a holding, with the next look
  std::string wish_done_;                 // of pausing or resuming, the last one
  bool letting_go_ = false;               // of a holding whose lock is lost
  bool was_paused_ = false;               // as was seen of another holder
  EngineThreads::End end_;                // before the end of all that these work on
};

}  // namespace nbasync
