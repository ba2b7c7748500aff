#include "cluster/instances.hpp"
#include "cluster/line_holder.hpp"

namespace nbasync::line {
namespace {

constexpr const char* kLineTables[] = {
    // Each change of the line adds one to the version; its row's lock gives the tickets their
    // order.
    "CREATE TABLE IF NOT EXISTS nbasync_line (id int PRIMARY KEY CHECK (id = 1), version bigint "
    "NOT NULL, next_ticket bigint NOT NULL)",
    "CREATE TABLE IF NOT EXISTS nbasync_requests (ticket bigint PRIMARY KEY, run_id text NOT NULL "
    "UNIQUE, sync_type text NOT NULL, season text NOT NULL, dry_run boolean NOT NULL, force "
    "boolean NOT NULL, steps text NOT NULL, triggered_by text NOT NULL, requester text NOT NULL, "
    "decision text NOT NULL, cause text NOT NULL, taken_by text NOT NULL, holding bigint NOT "
    "NULL, run_timeout_ms bigint NOT NULL, wait_until timestamptz, state text NOT NULL "
    "CHECK (state IN ('waiting', 'running', 'ended')), attempts int NOT NULL DEFAULT 0, epoch "
    "bigint, started_at timestamptz, leave text, status text, result text, asked_at timestamptz "
    "NOT "
    "NULL DEFAULT now(), ended_at timestamptz)",
    "CREATE INDEX IF NOT EXISTS nbasync_requests_state ON nbasync_requests (state, ticket)",
    "CREATE TABLE IF NOT EXISTS nbasync_state (id int PRIMARY KEY CHECK (id = 1), epoch bigint NOT "
    "NULL, status text NOT NULL, config_hash text NOT NULL, at timestamptz NOT NULL)"};

// Tickets go on where they were, should somebody have emptied the line's table.
constexpr const char* kLineRows[] = {
    "INSERT INTO nbasync_line SELECT 1, 0, coalesce(max(ticket), 0) + 1 FROM nbasync_requests ON "
    "CONFLICT (id) DO NOTHING",
    "INSERT INTO nbasync_state VALUES (1, 0, '', '', now()) ON CONFLICT (id) DO NOTHING"};

}  // namespace

// To make what is there already needs a right that the user may have no more.
void make_tables(Connection& connection, const std::stop_token& stop) {
  const bool are_there = instances::is_there(connection, stop);
  connection.write(
      [&] {
        if (!are_there) {
          for (const char* sql : kLineTables) connection.run(sql, {}, stop);
          instances::make_table(connection, stop);
        }
        for (const char* sql : kLineRows) connection.run(sql, {}, stop);
      },
      stop);
}

}  // namespace nbasync::line
