#include "db/sqlite_columns.hpp"

#include <string>

namespace nbasync {

std::vector<StoredColumn> sqlite_columns(SqliteStatement& statement, std::string_view table) {
  const ResetAtEnd reset(statement);
  const Value name = std::string(table);
  statement.bind(1, name);
  std::vector<StoredColumn> columns;
  while (statement.step()) {
    const auto row = statement.row();
    columns.push_back({to_text(row[0]), to_text(row[1]), to_integer(row[2]) != 0,
                       to_integer(row[3]) != 0, static_cast<int>(to_integer(row[4]))});
  }
  return columns;
}

}  // namespace nbasync
