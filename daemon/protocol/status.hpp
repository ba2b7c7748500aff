#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "model/fields.hpp"
#include "model/run_progress.hpp"
#include "model/run_record.hpp"
#include "protocol/backfill.hpp"
#include "protocol/hook.hpp"
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
  RunProgress progress = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"run_id", kPlain, "of the run"}, self.run_id);
    visit(Field{"sync_type", kPlain, "what is synced"}, self.sync_type);
    visit(Field{"season", kPlain, "of which season"}, self.season);
    visit(Field{"started_at", kPlain, "when it took the lock"}, self.started_at);
    visit(Field{"thread_id", kPlain, "the thread that runs it"}, self.thread_id);
    visit(Field{"triggered_by", kPlain, "who asked: http, dbus, once, startup, schedule:NAME"},
          self.triggered_by);
    RunProgress::fields(self.progress, visit);
  }

  bool operator==(const CurrentSync&) const = default;
};

// A run that waits for the lock.
struct QueuedSync {
  std::string run_id;
  std::string sync_type;
  SystemTime requested_at;
  unsigned position = 0;
  std::string triggered_by;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"run_id", kPlain, "of the run that will be"}, self.run_id);
    visit(Field{"sync_type", kPlain, "what is to be synced"}, self.sync_type);
    visit(Field{"requested_at", kPlain, "when it was asked for"}, self.requested_at);
    visit(Field{"position", kPlain, "its place in the line; 1: next"}, self.position);
    visit(Field{"triggered_by", kPlain, "who asked: http, dbus, once, startup, schedule:NAME"},
          self.triggered_by);
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
  std::optional<SystemTime> begins = {};
  std::optional<std::int64_t> rows = {};
  std::optional<std::string> newest = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"name", kPlain, "the type of sync that fetches it"}, self.name);
    visit(Field{"last_success", kPlain, "its last sync of the season in force that succeeded"},
          self.last_success);
    visit(Field{"age_seconds", kPlain, "since then"}, self.age_seconds);
    visit(Field{"stale_after_seconds", kPlain, "after that long it is stale"},
          self.stale_after_seconds);
    visit(Field{"stale", kPlain, "whether it is"}, self.stale);
    visit(Field{"begins", kPlain, "what it is made of begins then, and it is not stale before"},
          self.begins);
    visit(Field{"rows", kPlain, "that are stored of the season in force, once it is known"},
          self.rows);
    visit(Field{"newest", kPlain, "the last day of its games that are stored, like 2026-01-15"},
          self.newest);
  }

  bool operator==(const DatasetState&) const = default;
};

// A host of upstream: "ok", or why it is not asked for now.
struct UpstreamState {
  std::string host;
  std::string state;
  std::uint64_t requests = 0;
  std::uint64_t bytes_received = 0;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"host", kPlain, "its name"}, self.host);
    visit(Field{"state", kPlain, "ok, or why it is not asked now"}, self.state);
    visit(Field{"requests", kPlain, "since the daemon's start, retries included"}, self.requests);
    visit(Field{"bytes_received", kPlain, "since the daemon's start"}, self.bytes_received);
  }

  bool operator==(const UpstreamState&) const = default;
};

// A part that the daemon can do without, and that it tries again to get.
struct PartProblem {
  std::string part;
  std::string message;
  SystemTime since = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"part", kPlain, "its key of the configuration"}, self.part);
    visit(Field{"message", kPlain, "why it is not there"}, self.message);
    visit(Field{"since", kPlain, "when that was found"}, self.since);
  }

  bool operator==(const PartProblem&) const = default;
};

// A daemon of several that share one database.
struct InstanceState {
  std::string name;
  std::string role;
  std::string version;
  SystemTime seen_at = {};  // when it was heard of last, by the database's clock

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"name", kPlain, "cluster.instance"}, self.name);
    visit(Field{"role", kPlain,
                "holder: it has the lock and syncs; follower: it takes the lock when it is free; "
                "standby: it never does"},
          self.role);
    visit(Field{"version", kPlain, "of the program"}, self.version);
    visit(Field{"seen_at", kPlain, "when it was heard of last"}, self.seen_at);
  }

  bool operator==(const InstanceState&) const = default;
};

// All that Status, the status routes and `nbasyncctl status` tell. D-Bus sends the same keys as the
// JSON, with absent ones left out.
struct Status {
  std::optional<CurrentSync> current_sync;
  std::vector<RunRecord> recent_syncs;
  std::vector<QueuedSync> queue;
  std::vector<ScheduleState> schedules;
  std::vector<DatasetState> datasets;
  std::vector<UpstreamState> upstream;
  bool paused = false;
  std::optional<BackfillState> backfill;
  std::string first_sync;
  ConfigurationState configuration;
  std::vector<PartProblem> problems;
  std::vector<HookState> hooks;
  std::string instance;
  std::string holder;  // of several daemons, who has the lock; empty: nobody
  std::vector<InstanceState> instances;
  std::string version;
  SystemTime started_at = {};

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    bool in_progress = self.current_sync.has_value();  // for those who ask no more
    visit(Field{"sync_in_progress", kPlain, "whether a run holds the lock"}, in_progress);
    visit(Field{"current_sync", kPlain, "that run"}, self.current_sync);
    visit(Field{"recent_syncs", kPlain, "the last runs, newest first"}, self.recent_syncs);
    visit(Field{"queue", kPlain, "those that wait for the lock, in their order"}, self.queue);
    visit(Field{"schedules", kPlain, "all of them"}, self.schedules);
    visit(Field{"datasets", kPlain, "how old the data is"}, self.datasets);
    visit(Field{"upstream", kPlain, "the hosts that are asked"}, self.upstream);
    visit(Field{"paused", kPlain, "whether nothing is started by schedule"}, self.paused);
    visit(Field{"backfill", kPlain, "the one that goes on, or the last"}, self.backfill);
    visit(Field{"first_sync", kNullable, "why the database is not filled yet; null: it is"},
          self.first_sync);
    visit(Field{"configuration", kPlain, "the one in force"}, self.configuration);
    visit(Field{"problems", kPlain, "parts that the daemon does without, and tries again to get"},
          self.problems);
    visit(Field{"hooks", kPlain, "those of the configuration, and how they stand"}, self.hooks);
    visit(Field{"instance", kOmitted, "of several daemons, the one that tells this"},
          self.instance);
    visit(Field{"holder", kOmitted, "of several daemons, who has the lock; not there: nobody"},
          self.holder);
    visit(Field{"instances", kOmitted, "of several daemons, those that were heard of lately"},
          self.instances);
    visit(Field{"version", kPlain, "of the program"}, self.version);
    visit(Field{"started_at", kPlain, "the daemon's start"}, self.started_at);
  }

  bool operator==(const Status&) const = default;
};

}  // namespace nbasync::protocol
