#include "store/sync_log_table.hpp"

#include <array>
#include <string>
#include <utility>

#include "base/format.hpp"
#include "store/sql.hpp"

namespace nbasync {
namespace {

constexpr std::array<std::pair<const char*, const char*>, 20> kLogColumns = {{
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
}};

std::string quoted_name(const std::string& name) {
  std::string result = "\"";
  for (const char c : name) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

// Our columns, then those of `old` that are none of ours.
std::string create(const char* name, const std::vector<StoredColumn>& old) {
  std::string columns;
  for (const auto& [column, type] : kLogColumns) {
    columns += format("{}{} {}", columns.empty() ? "" : ", ", column, type);
  }
  for (const StoredColumn& column : old) {
    bool ours = false;
    for (const auto& known : kLogColumns) ours = ours || same_name(column.name, known.first);
    if (!ours) columns += format(", {} {}", quoted_name(column.name), quoted_name(column.type));
  }
  return format("CREATE TABLE {} ({})", name, columns);
}

// SQLite cannot lift a constraint in place: the rows move to a new table, which takes the name.
void rebuild(SQLite::Database& db, const std::vector<StoredColumn>& old) {
  std::string names;
  for (const StoredColumn& column : old) {
    names += (names.empty() ? "" : ", ") + quoted_name(column.name);
  }
  db.exec(create("nbasync_new_log", old));
  db.exec(format("INSERT INTO nbasync_new_log ({0}) SELECT {0} FROM data_sync_log ORDER BY rowid",
                 names));
  db.exec("DROP TABLE data_sync_log");
  // Without this, a view of the predecessor's that names the table would forbid the renaming.
  db.exec("PRAGMA legacy_alter_table = ON");
  db.exec("ALTER TABLE nbasync_new_log RENAME TO data_sync_log");
  db.exec("PRAGMA legacy_alter_table = OFF");
  db.exec("UPDATE data_sync_log SET run_id = 'legacy-' || id WHERE run_id IS NULL");
}

}  // namespace

void migrate_sync_log(SQLite::Database& db) {
  const auto old = stored_columns(db, "data_sync_log");
  if (old.empty()) {
    db.exec(create("data_sync_log", {}));
  } else {
    rebuild(db, old);
  }
  db.exec("CREATE UNIQUE INDEX IF NOT EXISTS nbasync_log_run ON data_sync_log (run_id)");
  db.exec("CREATE INDEX IF NOT EXISTS nbasync_log_started ON data_sync_log (started_at)");
  db.exec("CREATE INDEX IF NOT EXISTS nbasync_log_by ON data_sync_log (triggered_by)");
}

}  // namespace nbasync
