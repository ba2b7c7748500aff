#include "store/sync_log_table.hpp"

#include <cctype>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "model/fields.hpp"
#include "model/run_record.hpp"

namespace nbasync {
namespace {

constexpr std::string_view type_of(const std::string&) { return "TEXT"; }
constexpr std::string_view type_of(const std::optional<SystemTime>&) { return "TEXT"; }
constexpr std::string_view type_of(RunStatus) { return "TEXT"; }
constexpr std::string_view type_of(double) { return "REAL"; }
constexpr std::string_view type_of(std::int64_t) { return "INTEGER"; }

// From the run's one list of fields.
const std::vector<OwnColumn>& columns() {
  static const auto kColumns = [] {
    std::vector<OwnColumn> list = {{"id", "INTEGER PRIMARY KEY AUTOINCREMENT"}};
    const RunRecord none;
    RunRecord::columns(none, [&](const Field& field, const auto& value) {
      list.push_back({field.name, type_of(value)});
    });
    return list;
  }();
  return kColumns;
}

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

bool is_of_a_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Whether a CHECK forbids rows, or the table gives them no id of its own.
bool forbids_rows(Connection& connection, const std::vector<StoredColumn>& old) {
  const auto* id = find_column(old, "id");
  if (id == nullptr || id->key == 0 || !same_name(id->type, "INTEGER")) return true;
  for (const auto& sql :
       texts(connection,
             "SELECT upper(sql) FROM sqlite_schema WHERE lower(name) = 'data_sync_log'")) {
    for (auto at = sql.find("CHECK"); at != sql.npos; at = sql.find("CHECK", at + 1)) {
      const auto next = sql.find_first_not_of(" \t\r\n", at + 5);
      if (!is_of_a_name(sql[at - 1]) && next != sql.npos && sql[next] == '(') return true;
    }
  }
  return !texts(connection,
                "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND lower(name) = "
                "'data_sync_log' AND wr")
              .empty();
}

// The columns of `old` as they are, but for what forbids rows; `id` as ours is.
std::string create(Connection& connection, const char* name, const std::vector<StoredColumn>& old) {
  const auto id = columns().front();
  std::string list;
  const auto add = [&](const std::string& column, std::string_view declaration) {
    list += format("{}{} {}", list.empty() ? "" : ", ", quoted_name(column), declaration);
  };
  const auto defaults = texts(connection,
                              "SELECT coalesce('DEFAULT (' || dflt_value || ')', '') FROM "
                              "pragma_table_info('data_sync_log')");
  if (find_column(old, id.name) == nullptr) add(std::string(id.name), id.declaration);
  for (std::size_t c = 0; c < old.size(); ++c) {
    const std::string type = old[c].type.empty() ? "" : quoted_name(old[c].type);
    const auto as_it_is = format("{} {}", type, defaults[c]);
    add(old[c].name, same_name(old[c].name, id.name) ? id.declaration : as_it_is);
  }
  return format("CREATE TABLE {} ({})", name, list);
}

// The rows move to a new table, which takes the name; what belongs to the table is made again.
void rebuild(Connection& connection, const std::vector<StoredColumn>& old) {
  const auto execute = [&](const std::string& sql) { connection.run(sql, {}, {}); };
  const auto belongings =
      texts(connection,
            "SELECT sql FROM sqlite_schema WHERE lower(tbl_name) = 'data_sync_log' "
            "AND type IN ('index', 'trigger') AND sql IS NOT NULL");
  std::string names;
  for (const StoredColumn& column : old) {
    names += (names.empty() ? "" : ", ") + quoted_name(column.name);
  }
  execute(create(connection, "nbasync_new_log", old));
  execute(format("INSERT INTO nbasync_new_log ({0}) SELECT {0} FROM data_sync_log ORDER BY {1}",
                 names, find_column(old, "id") == nullptr ? "rowid" : "id"));
  execute("DROP TABLE data_sync_log");
  // Without this, a view of the predecessor's that names the table would forbid the renaming.
  execute("PRAGMA legacy_alter_table = ON");
  execute("ALTER TABLE nbasync_new_log RENAME TO data_sync_log");
  execute("PRAGMA legacy_alter_table = OFF");
  for (const auto& sql : belongings) execute(sql);
}

}  // namespace

const OwnTable& sync_log_table() {
  static const OwnTable kTable = {
      "data_sync_log", columns(),
      "CREATE INDEX IF NOT EXISTS nbasync_log_started ON data_sync_log (started_at);"
      "CREATE INDEX IF NOT EXISTS nbasync_log_by ON data_sync_log (triggered_by);"
      "CREATE INDEX IF NOT EXISTS nbasync_log_id ON data_sync_log (run_id);"
      "CREATE INDEX IF NOT EXISTS nbasync_log_type ON data_sync_log (sync_type, id);"
      "CREATE INDEX IF NOT EXISTS nbasync_log_status ON data_sync_log (status, id);"
      "CREATE INDEX IF NOT EXISTS nbasync_log_success ON data_sync_log (sync_type, id) WHERE "
      "status = 'success';"};
  return kTable;
}

void migrate_sync_log(Connection& connection) {
  const auto old = connection.columns_of(sync_log_table().name, {});
  if (!old.empty() && forbids_rows(connection, old)) rebuild(connection, old);
  bring_own_table(connection, sync_log_table());
  run_ids::make_unique(connection);
}

void run_ids::make_unique(Connection& connection) {
  const bool shared = !texts(connection,
                             "SELECT 1 FROM data_sync_log WHERE run_id IS NOT NULL GROUP BY run_id "
                             "HAVING count(*) > 1 LIMIT 1")
                           .empty();
  if (shared) return;
  connection.run("CREATE UNIQUE INDEX IF NOT EXISTS nbasync_log_run ON data_sync_log (run_id)", {},
                 {});
}

void run_ids::let_be_shared(Connection& connection) {
  connection.run("DROP INDEX IF EXISTS nbasync_log_run", {}, {});
}

}  // namespace nbasync
