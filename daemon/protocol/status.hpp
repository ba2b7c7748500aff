#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "model/fields.hpp"
#include "model/run_record.hpp"
#include "protocol/backfill.hpp"
#include "protocol/schedules.hpp"

namespace nbasync::protocol {

// The run that holds the lock.
struct CurrentSync {
  std::string run_id;
  std::string sync_type;
  std::string season;
  SystemTime started_at = {};
  std::int64_t thread_id = 0;
  std::string triggered_by;
  std::string step;
  unsigned percent = 0;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"run_id"}, self.run_id);
    visit(Field{"sync_type"}, self.sync_type);
    visit(Field{"season"}, self.season);
    visit(Field{"started_at"}, self.started_at);
    visit(Field{"thread_id"}, self.thread_id);
    visit(Field{"triggered_by"}, self.triggered_by);
    visit(Field{"step"}, self.step);
    visit(Field{"percent"}, self.percent);
  }

  bool operator==(const CurrentSync&) const = default;
};

// A run that waits for the lock.
struct QueuedSync {
  std::string run_id;
  std::string sync_type;
  SystemTime requested_at;
  unsigned position = 0;  // 1: next
  std::string triggered_by;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"run_id"}, self.run_id);
    visit(Field{"sync_type"}, self.sync_type);
    visit(Field{"requested_at"}, self.requested_at);
    visit(Field{"position"}, self.position);
    visit(Field{"triggered_by"}, self.triggered_by);
  }

  bool operator==(const QueuedSync&) const = default;
};

// When a dataset was last synced with success for the season in force, and whether that is too long
// ago.
struct DatasetState {
  std::string name;
  std::optional<SystemTime> last_success;
  std::optional<double> age_seconds;
  std::optional<double> stale_after_seconds;
  bool stale = false;
  std::optional<SystemTime> begins = {};  // what it is made of has not begun: not stale until then

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"name"}, self.name);
    visit(Field{"last_success"}, self.last_success);
    visit(Field{"age_seconds"}, self.age_seconds);
    visit(Field{"stale_after_seconds"}, self.stale_after_seconds);
    visit(Field{"stale"}, self.stale);
    visit(Field{"begins"}, self.begins);
  }

  bool operator==(const DatasetState&) const = default;
};

// A host of upstream: "ok", or why it is not asked for now.
struct UpstreamState {
  std::string host;
  std::string state;
  std::uint64_t requests = 0;  // since the daemon's start, retries included
  std::uint64_t bytes_received = 0;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"host"}, self.host);
    visit(Field{"state"}, self.state);
    visit(Field{"requests"}, self.requests);
    visit(Field{"bytes_received"}, self.bytes_received);
  }

  bool operator==(const UpstreamState&) const = default;
};

// A part that the daemon can do without, and that it tries again to get.
struct PartProblem {
  std::string part;     // its key of the configuration
  std::string message;  // why it is not there
  SystemTime since = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"part"}, self.part);
    visit(Field{"message"}, self.message);
    visit(Field{"since"}, self.since);
  }

  bool operator==(const PartProblem&) const = default;
};

// A daemon of several that share one database.
struct InstanceState {
  std::string name;
  std::string role;  // "holder": it has the lock and syncs; "follower": it takes the lock when it
                     // is free; "standby": it never does
  std::string version;
  SystemTime seen_at = {};  // when it was heard of last, by the database's clock

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"name"}, self.name);
    visit(Field{"role"}, self.role);
    visit(Field{"version"}, self.version);
    visit(Field{"seen_at"}, self.seen_at);
  }

  bool operator==(const InstanceState&) const = default;
};

// All that Status, the status routes and `nbasyncctl status` tell. D-Bus sends the same keys as the
// JSON, with absent ones left out.
struct Status {
  std::optional<CurrentSync> current_sync;
  std::vector<RunRecord> recent_syncs;  // newest first, 20 at most
  std::vector<QueuedSync> queue;
  std::vector<ScheduleState> schedules;
  std::vector<DatasetState> datasets;
  std::vector<UpstreamState> upstream;
  bool paused = false;
  std::optional<BackfillState> backfill;  // the one that goes on, or the last
  std::string first_sync;                 // why the database is not filled yet, a sentence
  ConfigurationState configuration;
  std::vector<PartProblem> problems;
  std::string instance;                  // of several daemons, the one that tells this
  std::string holder;                    // of several daemons, who has the lock; empty: nobody
  std::vector<InstanceState> instances;  // of several daemons, those that were heard of lately
  std::string version;
  SystemTime started_at = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    bool in_progress = self.current_sync.has_value();  // for those who ask no more
    visit(Field{"sync_in_progress"}, in_progress);
    visit(Field{"current_sync"}, self.current_sync);
    visit(Field{"recent_syncs"}, self.recent_syncs);
    visit(Field{"queue"}, self.queue);
    visit(Field{"schedules"}, self.schedules);
    visit(Field{"datasets"}, self.datasets);
    visit(Field{"upstream"}, self.upstream);
    visit(Field{"paused"}, self.paused);
    visit(Field{"backfill"}, self.backfill);
    visit(Field{"first_sync", kNullable}, self.first_sync);
    visit(Field{"configuration"}, self.configuration);
    visit(Field{"problems"}, self.problems);
    visit(Field{"instance", kOmitted}, self.instance);
    visit(Field{"holder", kOmitted}, self.holder);
    visit(Field{"instances", kOmitted}, self.instances);
    visit(Field{"version"}, self.version);
    visit(Field{"started_at"}, self.started_at);
  }

  bool operator==(const Status&) const = default;
};

}  // namespace nbasync::protocol
