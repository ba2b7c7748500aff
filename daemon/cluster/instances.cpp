#include "cluster/instances.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdint>

#include "base/format.hpp"
#include "base/machine_name.hpp"
#include "base/process_id.hpp"
#include "cluster/line_rows.hpp"
#include "db/database.hpp"

namespace nbasync::instances {
namespace {

constexpr const char* kTable = "nbasync_instances";
constexpr const char* kProcess = "process";  // the newest column

// Of whom nothing was heard for so long, it is not said that it is there.
constexpr const char* kSilence = "interval '15 seconds'";

// $8: the process that may have the name before this one.
std::string claim_sql() {
  return format(
      "INSERT INTO nbasync_instances AS known (name, version, schema, config_hash, role, seen_at, "
      "host, pid, process) VALUES ($1, $2, $3, '', $4, now(), $5, $6, $7) ON CONFLICT (name) DO "
      "UPDATE SET version = $2, schema = $3, role = $4, seen_at = now(), host = $5, pid = $6, "
      "process = $7 WHERE known.process IN ('', $7, $8) OR known.seen_at < now() - {}",
      kSilence);
}

struct Process {
  std::string host;
  std::int64_t pid = 0;
  std::string id;
};

std::optional<Process> process_of(Connection& connection, const std::string& name,
                                  const std::stop_token& stop) {
  std::optional<Process> found;
  const Value values[] = {name};
  connection.each(
      "SELECT host, pid, process FROM nbasync_instances WHERE name = $1", values,
      [&](const Row& row) {
        found = Process{to_text(row[0]), to_integer(row[1]), to_text(row[2])};
      },
      stop);
  return found;
}

}  // namespace

bool is_there(Connection& connection, const std::stop_token& stop) {
  const auto columns = connection.columns_of(kTable, stop);
  return std::ranges::find(columns, kProcess, &StoredColumn::name) != columns.end();
}

void make_table(Connection& connection, const std::stop_token& stop) {
  connection.run(
      "CREATE TABLE IF NOT EXISTS nbasync_instances (name text PRIMARY KEY, version text NOT NULL, "
      "schema int NOT NULL, config_hash text NOT NULL, role text NOT NULL, seen_at timestamptz NOT "
      "NULL)",
      {}, stop);
  connection.run(
      "ALTER TABLE nbasync_instances ADD COLUMN IF NOT EXISTS host text NOT NULL DEFAULT '', ADD "
      "COLUMN IF NOT EXISTS pid bigint NOT NULL DEFAULT 0, ADD COLUMN IF NOT EXISTS process text "
      "NOT NULL DEFAULT ''",
      {}, stop);
}

std::optional<std::string> claim(Connection& connection, const protocol::InstanceState& self,
                                 const std::stop_token& stop) {
  std::string gone = process_id();
  for (;;) {
    const Value values[] = {self.name,
                            self.version,
                            std::int64_t{kSchemaVersion},
                            self.role,
                            machine_name(),
                            std::int64_t{::getpid()},
                            process_id(),
                            gone};
    if (connection.run(claim_sql(), values, stop) == 1) break;
    const auto other = process_of(connection, self.name, stop);
    if (!other) continue;  // it has given it back by now
    if (other->id == gone || !has_ended(other->id)) {
      return format(
          "cluster.instance: {}: another daemon has this name, pid {} on {}; give each a name of "
          "its own, or stop that one: then this one goes on by itself",
          self.name, other->pid, other->host);
    }
    gone = other->id;
  }
  connection.run("DELETE FROM nbasync_instances WHERE seen_at < now() - interval '1 day'", {},
                 stop);
  return std::nullopt;
}

void give_back(Connection& connection, const std::string& name, const std::stop_token& stop) {
  const Value values[] = {name, process_id()};
  connection.run("DELETE FROM nbasync_instances WHERE name = $1 AND process = $2", values, stop);
}

std::vector<protocol::InstanceState> heard_of(Connection& connection, const std::stop_token& stop) {
  std::vector<protocol::InstanceState> heard;
  connection.each(
      format("SELECT name, role, version, {} FROM nbasync_instances WHERE seen_at > now() - {} "
             "ORDER BY name",
             line::rows::utc("seen_at"), kSilence),
      {},
      [&](const Row& row) {
        heard.push_back({to_text(row[0]), to_text(row[1]), to_text(row[2]),
                         parse_utc(to_text(row[3])).value_or(SystemTime{})});
      },
      stop);
  return heard;
}

}  // namespace nbasync::instances
