#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/clock.hpp"
#include "model/run_record.hpp"
#include "protocol/schedules.hpp"

namespace nbasync::protocol {

// The run that holds the lock.
struct CurrentSync {
  std::string run_id;
  std::string sync_type;
  std::string season;
  SystemTime started_at;
  std::int64_t thread_id = 0;
  std::string triggered_by;
  std::string step;
  unsigned percent = 0;
};

// A run that waits for the lock.
struct QueuedSync {
  std::string run_id;
  std::string sync_type;
  SystemTime requested_at;
  unsigned position = 0;  // 1: next
  std::string triggered_by;
};

// When a dataset was last synced with success, and whether that is too long ago.
struct DatasetState {
  std::string name;
  std::optional<SystemTime> last_success;
  std::optional<double> age_seconds;
  std::optional<double> stale_after_seconds;
  bool stale = false;
};

// A host of upstream: "ok", or why it is not asked for now.
struct UpstreamState {
  std::string host;
  std::string state;
  std::uint64_t requests = 0;  // since the daemon's start, retries included
  std::uint64_t bytes_received = 0;
};

// All that Status, the status routes and `nbasyncctl status` tell.
struct Status {
  std::optional<CurrentSync> current_sync;
  std::vector<RunRecord> recent_syncs;  // newest first, 20 at most
  std::vector<QueuedSync> queue;
  std::vector<ScheduleState> schedules;
  std::vector<DatasetState> datasets;
  std::vector<UpstreamState> upstream;
  bool paused = false;
  ConfigurationState configuration;
  std::string version;
  SystemTime started_at;
};

// The JSON of interfaces.md. Absent times are null. D-Bus sends the same keys, with absent ones
// left out.
nlohmann::json to_json(const Status& status);
nlohmann::json to_json(const RunRecord& run);

}  // namespace nbasync::protocol
