#include "cluster/look.hpp"

#include <memory>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/format.hpp"
#include "cluster/line_rows.hpp"
#include "db/database.hpp"
#include "db/lock_holder.hpp"
#include "protocol/json.hpp"
#include "store/changes_table.hpp"
#include "store/run_log.hpp"
#include "store/schedule_store.hpp"
#include "sync/describe_job.hpp"

namespace nbasync {
namespace {

constexpr const char* kWish = "pause_wish";

std::string dump(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

SystemTime time_in(const Cell& cell) { return parse_utc(to_text(cell)).value_or(SystemTime{}); }

}  // namespace

Look look_around(Connection& connection, const std::stop_token& stop) {
  Look look;
  look.line = line::read(connection, stop);
  const Value keys[] = {std::string(kWish), std::string(schedule_store::kPaused)};
  connection.each(
      format("SELECT {}, (SELECT holder FROM nbasync_lease WHERE id = 1 AND token <> '' AND "
             "expires_at >= now()), (SELECT status FROM nbasync_state WHERE id = 1), (SELECT value "
             "FROM nbasync_settings WHERE key = $1), (SELECT value FROM nbasync_settings WHERE key "
             "= $2), (SELECT epoch FROM nbasync_lease WHERE id = 1)",
             line::rows::utc("now()")),
      keys,
      [&](const Row& row) {
        look.now = time_in(row[0]);
        if (const auto holder = lock_holder_in(to_text(row[1]))) look.holder = holder->host;
        look.status = to_text(row[2]);
        look.wish = to_text(row[3]);
        look.paused = to_text(row[4]) == "true";
        look.epoch = to_integer(row[5]);
      },
      stop);
  connection.each(
      "SELECT run_id FROM nbasync_requests WHERE state = 'ended' AND ended_at > now() - interval "
      "'1 "
      "minute'",
      {}, [&](const Row& row) { look.ended.push_back(to_text(row[0])); }, stop);
  look.others = instances::heard_of(connection, stop);
  for (auto& other : look.others) {  // one that has ended without a word
    if (other.role == kHolder && other.name != look.holder) other.role = kFollower;
  }
  // Last: what a run that is seen to have ended has changed is among them.
  connection.each(
      format("SELECT coalesce(max(seq), 0) FROM {}", kChangesTable.name), {},
      [&](const Row& row) { look.last_change = to_integer(row[0]); }, stop);
  return look;
}

void tell_status(Connection& connection, std::int64_t epoch, const std::string& status,
                 const std::stop_token& stop) {
  const Value values[] = {epoch, status};
  connection.run("UPDATE nbasync_state SET epoch = $1, status = $2, at = now() WHERE id = 1",
                 values, stop);
}

std::string to_text(const PauseWish& wish) {
  return dump({{"paused", wish.paused}, {"by", wish.by}, {"id", wish.id}});
}

PauseWish pause_wish_in(const std::string& text) {
  try {
    const auto json = nlohmann::json::parse(text);
    return {json.at("paused").get<bool>(), json.value("by", ""), json.value("id", "")};
  } catch (const nlohmann::json::exception&) {  // somebody else's
    return {};
  }
}

void wish(Connection& connection, const PauseWish& wish, bool rings, const std::stop_token& stop) {
  const Value values[] = {std::string(kWish), to_text(wish)};
  connection.run(
      "INSERT INTO nbasync_settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET "
      "value = $2",
      values, stop);
  if (rings) ring(connection, stop);
}

void take_wish_away(Connection& connection, const std::string& text, const std::stop_token& stop) {
  const Value values[] = {std::string(kWish), text};
  connection.run("DELETE FROM nbasync_settings WHERE key = $1 AND value = $2", values, stop);
}

void ring(Connection& connection, const std::stop_token& stop) {
  connection.run("SELECT pg_notify('nbasync', '')", {}, stop);
}

std::optional<RunRecord> ended_run(Connection& connection, const std::string& run_id,
                                   const std::stop_token& stop) {
  const auto entry = line::find(connection, run_id, stop);
  if (entry && entry->result) return run_in(*entry->result);
  auto run = run_log::find(connection, run_id, stop);
  if (run && has_ended(run->status)) return run;
  if (!entry || entry->state != line::Entry::State::kEnded) return run;
  // The holder that ended it for another has not closed its row yet.
  return interrupted(run ? *run : record_of(entry->job, RunStatus::kStarted), RealClock().wall());
}

std::string result_of(const RunRecord& run) {
  nlohmann::json result{{"run", protocol::to_json(run)}};
  if (run.changes) {
    result["changes"] = {{"rows", run.changes->rows},
                         {"count", run.changes->count},
                         {"truncated", run.changes->truncated}};
  }
  return dump(result);
}

RunRecord run_in(const std::string& result) {
  const auto json = nlohmann::json::parse(result);
  auto run = protocol::from_json<RunRecord>(json.at("run"));
  if (const auto changes = json.find("changes"); changes != json.end()) {
    run.changes = std::make_shared<const RowChanges>(
        RowChanges{changes->at("rows").get<std::string>(), changes->at("count").get<std::size_t>(),
                   changes->at("truncated").get<bool>()});
  }
  return run;
}

}  // namespace nbasync
