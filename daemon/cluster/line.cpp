#include "cluster/line.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include "base/format.hpp"
#include "cluster/line_rows.hpp"
#include "dataset/value.hpp"

namespace nbasync::line {
namespace {

constexpr const char* kActive = "q.state IN ('waiting', 'running')";

// Who locks the line and an entry locks the line first, as the holder does: else two could wait for
// each other.
constexpr const char* kRing = ", told AS (SELECT pg_notify('nbasync', '') FROM line)";

// The line as it stands, and what the request may have become already.
View read_for(Connection& connection, const SyncJob& job, const std::stop_token& stop) {
  const Value values[] = {job.run_id};
  return rows::read(connection, format("({} OR q.run_id = $1)", kActive), values, stop);
}

const Entry* asked_before(const View& view, const SyncJob& job) {
  for (const Entry& entry : view.entries) {
    if (entry.job.run_id == job.run_id) return &entry;
  }
  return nullptr;
}

// False if the line is not the one that was seen any more. Every entry changes the version, so
// there can be no twin of this one that was not seen.
bool add(Connection& connection, const SyncJob& job, std::int64_t seen, const Options& options,
         const std::stop_token& stop) {
  auto values = rows::new_values(job, options);
  values.emplace_back(seen);
  bool added = false;
  connection.each(
      format(
          "WITH line AS (UPDATE nbasync_line SET version = version + 1, next_ticket = "
          "next_ticket + 1 WHERE id = 1 AND version = ${} RETURNING next_ticket - 1 AS ticket){} "
          "INSERT INTO nbasync_requests (ticket, {}) SELECT ticket, {} FROM line{} RETURNING "
          "ticket",
          values.size(), options.rings ? kRing : "", rows::new_columns(), rows::new_cells(),
          options.rings ? ", told" : ""),
      values, [&](const Row&) { added = true; }, stop);
  return added;
}

// False if the entry has ended meanwhile, or left. One that waits without end goes on doing so.
// And one that was a holding's own is everybody's when somebody else wants it.
bool keep_waiting(Connection& connection, std::string_view run_id, const SyncRequest& request,
                  const Options& options, const std::stop_token& stop) {
  const Value values[] = {std::string(run_id), rows::patience_of(request), options.holding};
  return connection.run(
             format("UPDATE nbasync_requests SET wait_until = CASE WHEN wait_until IS NOT NULL AND "
                    "$2::bigint IS NOT NULL THEN greatest(wait_until, {}) END, holding = CASE WHEN "
                    "$3::bigint = 0 THEN 0 ELSE holding END WHERE run_id = $1 "
                    "AND (state = 'running' OR (state = 'waiting' AND leave IS NULL AND "
                    "(wait_until IS NULL OR wait_until > now())))",
                    rows::from_now("$2")),
             values, stop) == 1;
}

}  // namespace

View read(Connection& connection, const std::stop_token& stop) {
  return rows::read(connection, kActive, {}, stop);
}

std::optional<Entry> find(Connection& connection, std::string_view run_id,
                          const std::stop_token& stop) {
  const Value values[] = {std::string(run_id)};
  auto view = rows::read(connection, "q.run_id = $1", values, stop);
  if (view.entries.empty()) return std::nullopt;
  return std::move(view.entries.front());
}

SyncQueue queue_of(const View& view, std::size_t limit) {
  std::optional<SyncJob> holder;
  std::deque<SyncJob> waiting;
  for (const Entry& entry : view.entries) {
    if (entry.state == Entry::State::kRunning) {
      holder = entry.job;
    } else if (entry.state == Entry::State::kWaiting && entry.leave.empty()) {
      waiting.push_back(entry.job);
    }
  }
  return {limit, std::move(holder), std::move(waiting)};
}

Admission join(Connection& connection, const SyncJob& job, const Options& options,
               const std::stop_token& stop) {
  for (;;) {
    const View view = read_for(connection, job, stop);
    if (const Entry* known = asked_before(view, job)) {
      return {known->job.run_id, Disposition::kJoined, {}};
    }
    auto admission = queue_of(view, options.limit).join(job);
    if (admission.refusal) return admission;
    const bool is_written =
        admission.disposition == Disposition::kJoined
            ? keep_waiting(connection, admission.run_id, job.request, options, stop)
            : add(connection, job, view.version, options, stop);
    if (is_written) return admission;
  }
}

bool leave(Connection& connection, std::string_view run_id, std::string_view why, bool rings,
           const std::stop_token& stop) {
  const Value values[] = {std::string(run_id), std::string(why)};
  bool was_there = false;
  connection.each(
      format("WITH line AS (UPDATE nbasync_line SET version = version + 1 WHERE id = 1 AND EXISTS "
             "(SELECT 1 FROM nbasync_requests WHERE run_id = $1 AND state <> 'ended') RETURNING "
             "1){} UPDATE nbasync_requests SET leave = coalesce(leave, $2) FROM line{} WHERE "
             "run_id = $1 AND state <> 'ended' RETURNING 1",
             rings ? kRing : "", rings ? ", told" : ""),
      values, [&](const Row&) { was_there = true; }, stop);
  return was_there;
}

}  // namespace nbasync::line
