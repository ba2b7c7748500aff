#include "store/sync_log_table.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/format.hpp"

namespace nbasync {
namespace {

constexpr OwnColumn kColumns[] = {
    {"id", "INTEGER PRIMARY KEY AUTOINCREMENT"},
    {"run_id", "TEXT"},
    {"sync_type", "TEXT"},
    {"season", "TEXT"},
    {"status", "TEXT"},
    {"triggered_by", "TEXT"},
    {"requested_at", "TEXT"},
    {"started_at", "TEXT"},
    {"completed_at", "TEXT"},
    {"duration_seconds", "REAL"},
    {"thread_id", "INTEGER"},
    {"records_synced", "INTEGER"},
    {"inserted_count", "INTEGER"},
    {"updated_count", "INTEGER"},
    {"unchanged_count", "INTEGER"},
    {"deleted_count", "INTEGER"},
    {"request_count", "INTEGER"},
    {"bytes_received", "INTEGER"},
    {"error_code", "TEXT"},
    {"error_message", "TEXT"},
};

constexpr OwnTable kTable = {
    "data_sync_log", kColumns,
    "CREATE INDEX IF NOT EXISTS nbasync_log_started ON data_sync_log (started_at);"
    "CREATE INDEX IF NOT EXISTS nbasync_log_by ON data_sync_log (triggered_by);"
    "CREATE INDEX IF NOT EXISTS nbasync_log_id ON data_sync_log (run_id);"};

std::string quoted_name(const std::string& name) {
  std::string result = "\"";
  for (const char c : name) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

std::vector<std::string> texts(Connection& connection, const std::string& sql) {
  std::vector<std::string> result;
  connection.each(sql, {}, [&](Row row) { result.push_back(to_text(row[0])); }, {});
  return result;
}

bool forbids_rows(Connection& connection) {
  return !texts(connection,
                "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'data_sync_log' AND "
                "upper(sql) LIKE '%CHECK%'")
              .empty();
}

// Our columns, then those of `old` that are none of ours.
std::string create(const char* name, const std::vector<StoredColumn>& old) {
  std::string columns;
  for (const auto& [column, declaration] : kColumns) {
    columns += format("{}{} {}", columns.empty() ? "" : ", ", column, declaration);
  }
  for (const StoredColumn& column : old) {
    const bool ours = std::ranges::any_of(
        kColumns, [&](const OwnColumn& known) { return same_name(known.name, column.name); });
    if (!ours) columns += format(", {} {}", quoted_name(column.name), quoted_name(column.type));
  }
  return format("CREATE TABLE {} ({})", name, columns);
}

// The rows move to a new table, which takes the name; what belongs to the table is made again.
void rebuild(Connection& connection, const std::vector<StoredColumn>& old) {
  const auto execute = [&](const std::string& sql) { connection.run(sql, {}, {}); };
  const auto belongings = texts(connection,
                                "SELECT sql FROM sqlite_schema WHERE tbl_name = 'data_sync_log' "
                                "AND type IN ('index', 'trigger') AND sql IS NOT NULL");
  std::string names;
  for (const StoredColumn& column : old) {
    names += (names.empty() ? "" : ", ") + quoted_name(column.name);
  }
  execute(create("nbasync_new_log", old));
  execute(format("INSERT INTO nbasync_new_log ({0}) SELECT {0} FROM data_sync_log ORDER BY rowid",
                 names));
  execute("DROP TABLE data_sync_log");
  // Without this, a view of the predecessor's that names the table would forbid the renaming.
  execute("PRAGMA legacy_alter_table = ON");
  execute("ALTER TABLE nbasync_new_log RENAME TO data_sync_log");
  execute("PRAGMA legacy_alter_table = OFF");
  for (const auto& sql : belongings) execute(sql);
}

}  // namespace

const OwnTable& sync_log_table() { return kTable; }

void migrate_sync_log(Connection& connection) {
  const auto old = connection.columns_of(kTable.name, {});
  const bool lacks_id = find_column(old, "id") == nullptr;
  if (!old.empty() && (lacks_id || forbids_rows(connection))) rebuild(connection, old);
  bring_own_table(connection, kTable);
  const bool shared = !texts(connection,
                             "SELECT 1 FROM data_sync_log WHERE run_id IS NOT NULL GROUP BY run_id "
                             "HAVING count(*) > 1 LIMIT 1")
                           .empty();
  if (shared) return;
  connection.run("CREATE UNIQUE INDEX IF NOT EXISTS nbasync_log_run ON data_sync_log (run_id)", {},
                 {});
}

}  // namespace nbasync
