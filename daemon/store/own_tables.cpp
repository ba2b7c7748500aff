#include "store/own_tables.hpp"

#include "base/format.hpp"

namespace nbasync {
namespace {

std::string create(const OwnTable& table) {
  std::string columns;
  for (const auto& [name, declaration] : table.columns) {
    columns += format("{}{} {}", columns.empty() ? "" : ", ", name, declaration);
  }
  return format("CREATE TABLE {} ({})", table.name, columns);
}

}  // namespace

Type declared_type(const OwnColumn& column) {
  const auto word = column.declaration.substr(0, column.declaration.find(' '));
  if (word == "INTEGER") return Type::kInteger;
  return word == "REAL" ? Type::kReal : Type::kText;
}

bool is_key(const OwnColumn& column) {
  return column.declaration.find("PRIMARY KEY") != std::string_view::npos;
}

bool is_numbered(const OwnColumn& column) {
  return is_key(column) && declared_type(column) == Type::kInteger;
}

std::string create_own_table(const OwnTable& table) {
  return format("{};{}", create(table), table.indexes);
}

void bring_own_table(Connection& connection, const OwnTable& table) {
  const auto stored = connection.columns_of(table.name, {});
  if (stored.empty()) {
    connection.run(create(table), {}, {});
  } else {
    for (const auto& [name, declaration] : table.columns) {
      if (find_column(stored, name) != nullptr) continue;
      connection.run(format("ALTER TABLE {} ADD COLUMN {} {}", table.name, name, declaration), {},
                     {});
    }
  }
  for (auto rest = table.indexes; !rest.empty();) {
    const auto end = rest.find(';');
    connection.run(rest.substr(0, end), {}, {});
    rest.remove_prefix(end + 1);
  }
}

}  // namespace nbasync
