#include "store/numbering.hpp"

#include <cstdint>
#include <string>

#include "base/format.hpp"
#include "db/table_sql.hpp"

namespace nbasync {

void number_on(Connection& connection, const declared::WholeTable& table,
               const std::stop_token& stop) {
  const auto key = table_sql::key_names(table.columns).front();
  std::int64_t largest = 0;
  connection.each(
      format("SELECT coalesce(max({}), 0) FROM {}", key, table.name), {},
      [&](const Row& row) { largest = to_integer(row[0]); }, stop);
  switch (connection.kind()) {
    case DatabaseKind::kFile: {  // what is AUTOINCREMENT; the others look for the largest
      const Value values[] = {largest, std::string(table.name)};
      connection.run("UPDATE sqlite_sequence SET seq = $1 WHERE name = $2", values, stop);
      break;
    }
    case DatabaseKind::kPostgres:  // setval() would not be rolled back
      connection.run(
          format("ALTER TABLE {} ALTER COLUMN {} RESTART WITH {}", table.name, key, largest + 1),
          {}, stop);
      break;
  }
}

}  // namespace nbasync
