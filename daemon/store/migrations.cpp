#include "store/migrations.hpp"

#include <xxhash.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/format.hpp"
#include "db/database.hpp"
#include "db/table_sql.hpp"
#include "store/columns_table.hpp"
#include "store/declared_tables.hpp"
#include "store/old_runs.hpp"
#include "store/own_tables.hpp"
#include "store/sync_log_table.hpp"
#include "store/view_schema.hpp"

namespace nbasync {
namespace {

// 0.1 remembered there what it had been answered. The table stays, empty, because 0.1 asks for it:
// one may go back to it.
constexpr OwnColumn kHashColumns[] = {{"request", "TEXT NOT NULL PRIMARY KEY"},
                                      {"hash", "TEXT NOT NULL"},
                                      {"decoding_version", "INTEGER NOT NULL"},
                                      {"context", "TEXT NOT NULL"},
                                      {"scope", "TEXT"},
                                      {"row_count", "INTEGER NOT NULL"}};
constexpr OwnTable kHashes = {"response_hashes", kHashColumns};

std::string_view sql_type(Type type) {
  switch (type) {
    case Type::kInteger:
    case Type::kCount:  // a cell of SQLite is of any type
      return "INTEGER";
    case Type::kReal:
      return "REAL";
    case Type::kText:
      return "TEXT";
  }
  return "";
}

// CREATE TABLE with the columns of `table`, its stamp and creation time, and its primary key.
std::string create_table(const Table& table) {
  std::string sql = format("CREATE TABLE {} (", table.name);
  for (const Column& column : table.columns) {
    sql += format("{} {}{}, ", column.name, sql_type(column.type), column.key ? " NOT NULL" : "");
  }
  for (const std::string_view time : {table.created, table.stamp}) {
    if (!time.empty()) sql += format("{} TEXT, ", time);
  }
  return sql + format("PRIMARY KEY ({}))", table_sql::joined(table_sql::key_names(table.columns)));
}

std::vector<const OwnTable*> own_tables() {
  auto result = declared::own_tables();
  result.push_back(&kHashes);
  return result;
}

class Migration {
 public:
  explicit Migration(Connection& connection) : connection_(connection) {}

  void run() {
    for (const Table* table : declared::tables()) require_table(table->name);
    for (const OwnTable* table : own_tables()) require_table(table->name);
    for (const Table* table : declared::tables()) bring(*table);
    migrate_sync_log(connection_);
    for (const OwnTable* table : own_tables()) bring_own_table(connection_, *table);
    execute("DELETE FROM response_hashes");
    for (const char* index : declared::indexes()) execute(index);
    write_dictionary(connection_, {});
    view_schema::bring(connection_, {});
    old_runs::keep_what_is_there(connection_);
    execute(format("PRAGMA user_version = {}", kSchemaVersion));
  }

 private:
  void execute(const std::string& sql) { connection_.run(sql, {}, {}); }

  void require_table(std::string_view name) {
    const Value values[] = {std::string(name)};
    connection_.each(
        "SELECT name FROM sqlite_schema WHERE type = 'view' AND lower(name) = $1", values,
        [](Row row) {
          throw Error(Errc::kStorage,
                      format("database: {} is a view, and this program needs a table of that name; "
                             "rename the view, nothing was changed",
                             to_text(row[0])));
        },
        {});
  }

  void bring(const Table& table) {
    const auto stored = connection_.columns_of(table.name, {});
    if (stored.empty()) {
      execute(create_table(table));
      return;
    }
    for (const Column& column : table.columns) add(table, stored, column.name, column.type);
    add(table, stored, table.created, Type::kText);
    add(table, stored, table.stamp, Type::kText);
    if (!key_is_unique(table, stored)) make_key_unique(table);
  }

  void add(const Table& table, const std::vector<StoredColumn>& stored, std::string_view name,
           Type type) {
    if (name.empty() || find_column(stored, name) != nullptr) return;
    execute(format("ALTER TABLE {} ADD COLUMN {} {}", table.name, name, sql_type(type)));
  }

  // Whether these are the names of the key, in whatever order.
  static bool is_key(const std::vector<std::string>& names, const Table& table) {
    const auto key = table_sql::key_names(table.columns);
    return std::is_permutation(names.begin(), names.end(), key.begin(), key.end(), same_name);
  }

  bool key_is_unique(const Table& table, const std::vector<StoredColumn>& stored) {
    std::vector<std::string> primary;
    for (const StoredColumn& column : stored) {
      if (column.key > 0) primary.push_back(column.name);
    }
    if (is_key(primary, table)) return true;
    std::map<std::string, std::vector<std::string>> indexes;  // their columns
    const Value name[] = {std::string(table.name)};
    connection_.each(
        "SELECT i.name, coalesce(c.name, '') FROM pragma_index_list($1) AS i, "
        "pragma_index_info(i.name) AS c WHERE i.\"unique\" AND NOT i.partial",
        name, [&](Row row) { indexes[to_text(row[0])].push_back(to_text(row[1])); }, {});
    return std::ranges::any_of(indexes,
                               [&](const auto& index) { return is_key(index.second, table); });
  }

  void make_key_unique(const Table& table) {
    const std::string key = table_sql::joined(table_sql::key_names(table.columns));
    std::string known;  // NULL is never the same as NULL
    for (const auto name : table_sql::key_names(table.columns)) {
      known += format("{}{} IS NOT NULL", known.empty() ? "" : " AND ", name);
    }
    bool shared = false;
    connection_.each(format("SELECT 1 FROM {0} WHERE {2} GROUP BY {1} HAVING count(*) > 1 LIMIT 1",
                            table.name, key, known),
                     {}, [&](Row) { shared = true; }, {});
    if (shared) {
      throw Error(
          Errc::kStorage,
          format("database: table {} has more than one row for the same key ({}); remove the "
                 "duplicates, nothing was changed",
                 table.name, key));
    }
    execute(format("CREATE UNIQUE INDEX nbasync_{0}_key ON {0} ({1})", table.name, key));
  }

  Connection& connection_;
};

std::string hash_of_all_declared() {
  std::string all = format("{}\n", kSchemaVersion);
  for (const Table* table : declared::tables()) all += create_table(*table) + '\n';
  for (const OwnTable* table : own_tables()) all += create_own_table(*table) + '\n';
  for (const char* index : declared::indexes()) all += format("{}\n", index);
  all += dictionary_text() + view_schema::text();
  return format("{:016x}", XXH3_64bits(all.data(), all.size()));
}

std::string fingerprint(Connection& connection) {
  std::string version;
  connection.each("PRAGMA schema_version", {}, [&](Row row) { version = to_text(row[0]); }, {});
  static const std::string declared = hash_of_all_declared();  // each run asks
  return declared + ' ' + version;
}

bool is_up_to_date(Connection& connection, const std::stop_token& stop) {
  if (connection.columns_of(declared::meta_table().name, stop).empty()) return false;
  std::string known;
  const Value key[] = {std::string(declared::kSchemaKey)};
  connection.each("SELECT value FROM nbasync_meta WHERE key = $1", key,
                  [&](Row row) { known = to_text(row[0]); }, {});
  return known == fingerprint(connection);
}

}  // namespace

bool is_of_0_1(std::string_view table) { return same_name(table, kHashes.name); }

void bring_file_up_to_date(Connection& connection, const std::stop_token& stop) {
  if (is_up_to_date(connection, stop)) return;
  connection.transaction(
      [&] {
        Migration(connection).run();
        const Value values[] = {std::string(declared::kSchemaKey), fingerprint(connection)};
        connection.run(
            "INSERT INTO nbasync_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET "
            "value = $2",
            values, {});
      },
      stop);
}

}  // namespace nbasync
