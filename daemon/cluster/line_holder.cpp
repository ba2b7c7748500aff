#include "cluster/line_holder.hpp"

#include <span>
#include <utility>

#include "base/format.hpp"
#include "model/run_status.hpp"

namespace nbasync::line {
namespace {

// Changes the entries of which `which` is true, and counts that as a change of the line: in one
// statement, so that both or neither see them, and the line first (see line.cpp).
void move(Connection& connection, std::string_view which, std::string_view how,
          std::span<const Value> values, const std::stop_token& stop) {
  connection.run(
      format("WITH line AS (UPDATE nbasync_line SET version = version + 1 WHERE id = 1 AND EXISTS "
             "(SELECT 1 FROM nbasync_requests WHERE {}) RETURNING 1) UPDATE nbasync_requests "
             "SET {} FROM line WHERE {}",
             which, how, which),
      values, stop);
}

}  // namespace

void put_back(Connection& connection, std::int64_t epoch, const std::stop_token& stop) {
  const Value values[] = {epoch, std::string(to_string(RunStatus::kInterrupted)),
                          std::int64_t{kMostAttempts}};
  move(connection, "state <> 'ended' AND holding <> 0 AND holding <> $1",
       "state = 'ended', status = $2, ended_at = now()", std::span(values).first(2), stop);
  move(connection, "state = 'running' AND epoch < $1",
       "state = CASE WHEN attempts < $3 THEN 'waiting' ELSE 'ended' END, status = CASE WHEN "
       "attempts < $3 THEN NULL ELSE $2 END, ended_at = CASE WHEN attempts < $3 THEN NULL ELSE "
       "now() END, wait_until = NULL, started_at = NULL",
       values, stop);
}

void started(Connection& connection, std::string_view run_id, std::int64_t epoch,
             const std::stop_token& stop) {
  const Value values[] = {std::string(run_id), epoch};
  move(connection, "run_id = $1 AND state = 'waiting'",
       "state = 'running', attempts = attempts + 1, epoch = $2, started_at = now()", values, stop);
}

void laid_down(Connection& connection, std::string_view run_id, const std::stop_token& stop) {
  const Value values[] = {std::string(run_id), std::string(to_string(RunStatus::kInterrupted))};
  move(connection, "run_id = $1 AND state = 'running' AND holding = 0",
       "state = 'waiting', attempts = attempts - 1, wait_until = NULL, started_at = NULL",
       std::span(values).first(1), stop);
  move(connection, "run_id = $1 AND state <> 'ended' AND holding <> 0",
       "state = 'ended', status = $2, ended_at = now()", values, stop);
}

void ended(Connection& connection, const RunRecord& run, std::optional<std::string> result,
           const std::stop_token& stop) {
  const Value values[] = {run.run_id, std::string(to_string(run.status)),
                          result ? Value(*std::move(result)) : Value()};
  move(connection, "run_id = $1 AND state <> 'ended'",
       "state = 'ended', status = $2, result = $3, ended_at = now()", values, stop);
}

void forget(Connection& connection, const std::stop_token& stop) {
  connection.run(
      "DELETE FROM nbasync_requests WHERE state = 'ended' AND ended_at < now() - interval '1 hour'",
      {}, stop);
}

}  // namespace nbasync::line
