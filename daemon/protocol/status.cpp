#include "protocol/status.hpp"

#include <nlohmann/json.hpp>

#include "protocol/json_values.hpp"

namespace nbasync::protocol {
namespace {

using nlohmann::json;

json item(const CurrentSync& sync) {
  return {{"run_id", sync.run_id},       {"sync_type", sync.sync_type},
          {"season", sync.season},       {"started_at", format_utc(sync.started_at)},
          {"thread_id", sync.thread_id}, {"triggered_by", sync.triggered_by},
          {"step", sync.step},           {"percent", sync.percent}};
}

json item(const QueuedSync& sync) {
  return {{"run_id", sync.run_id},
          {"sync_type", sync.sync_type},
          {"requested_at", format_utc(sync.requested_at)},
          {"position", sync.position},
          {"triggered_by", sync.triggered_by}};
}

json item(const DatasetState& dataset) {
  return {{"name", dataset.name},
          {"last_success", time_or_null(dataset.last_success)},
          {"age_seconds", value_or_null(dataset.age_seconds)},
          {"stale_after_seconds", value_or_null(dataset.stale_after_seconds)},
          {"stale", dataset.stale}};
}

json item(const UpstreamState& host) {
  return {{"host", host.host},
          {"state", host.state},
          {"requests", host.requests},
          {"bytes_received", host.bytes_received}};
}

using protocol::to_json;  // the ones of the header, which those above hide

json item(const RunRecord& run) { return to_json(run); }
json item(const ScheduleState& schedule) { return to_json(schedule); }

template <typename T>
json list(const std::vector<T>& items) {
  json array = json::array();
  for (const auto& each : items) array.push_back(item(each));
  return array;
}

}  // namespace

json to_json(const RunRecord& run) {
  json object;  // key by key: a list of pairs costs several times as much, and there are many runs
  object["run_id"] = run.run_id;
  object["sync_type"] = run.sync_type;
  object["season"] = text_or_null(run.season);
  object["status"] = to_string(run.status);
  object["triggered_by"] = text_or_null(run.triggered_by);
  object["requested_at"] = time_or_null(run.requested_at, true);
  object["started_at"] = time_or_null(run.started_at, true);
  object["completed_at"] = time_or_null(run.completed_at, true);
  object["duration_seconds"] = run.duration_seconds;
  object["thread_id"] = run.thread_id;
  object["records_synced"] = run.records_synced;
  object["inserted_count"] = run.inserted;
  object["updated_count"] = run.updated;
  object["unchanged_count"] = run.unchanged;
  object["deleted_count"] = run.deleted;
  object["request_count"] = run.requests;
  object["bytes_received"] = run.bytes_received;
  object["error_code"] = text_or_null(run.error_code);
  object["error_message"] = text_or_null(run.error_message);
  if (run.dry_run) object["dry_run"] = true;
  if (!run.steps.empty()) object["steps"] = list(run.steps);
  return object;
}

json to_json(const Status& status) {
  return {{"sync_in_progress", status.current_sync.has_value()},
          {"current_sync", status.current_sync ? item(*status.current_sync) : json()},
          {"recent_syncs", list(status.recent_syncs)},
          {"queue", list(status.queue)},
          {"schedules", list(status.schedules)},
          {"datasets", list(status.datasets)},
          {"upstream", list(status.upstream)},
          {"paused", status.paused},
          {"configuration", to_json(status.configuration)},
          {"version", status.version},
          {"started_at", format_utc(status.started_at)}};
}

}  // namespace nbasync::protocol
