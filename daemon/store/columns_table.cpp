#include "store/columns_table.hpp"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/format.hpp"
#include "dataset/dictionary.hpp"
#include "db/table_sql.hpp"

namespace nbasync {
namespace {

constexpr std::array kDictionaryColumns = {
    Column{"table_name", Type::kText, true},
    Column{"column_name", Type::kText, true},
    Column{"ordinal_position", Type::kInteger},
    Column{"type"},
    Column{"is_key", Type::kInteger},
    Column{"description"},
    Column{"unit"},
    Column{"source"},
};

}  // namespace

const Table kColumnsTable = {"nbasync_columns", kDictionaryColumns, "", ""};

std::string dictionary_text() {
  std::string text;
  for (const auto& table : dictionary()) {
    for (const auto& column : table.columns) {
      text += format("{}.{} {} {} {} {} {}\n", table.name, column.name, column.type, column.is_key,
                     column.sentence, column.unit, column.source);
    }
  }
  return text;
}

// A statement a table: a PostgreSQL may be far away.
void write_dictionary(Connection& connection, const std::stop_token& stop) {
  connection.run(format("DELETE FROM {}", kColumnsTable.name), {}, stop);
  for (const auto& table : dictionary()) {
    std::string rows;
    std::vector<Value> values;
    for (const auto& column : table.columns) {
      const auto position =
          static_cast<std::int64_t>(values.size() / kDictionaryColumns.size()) + 1;
      rows += values.empty() ? "(" : ", (";
      for (Value value :
           {Value(std::string(table.name)), Value(std::string(column.name)), Value(position),
            Value(std::string(column.type)), Value(std::int64_t{column.is_key}),
            Value(column.sentence), Value(std::string(column.unit)), Value(column.source)}) {
        values.push_back(std::move(value));
        rows += format("${}{}", values.size(),
                       values.size() % kDictionaryColumns.size() == 0 ? ")" : ", ");
      }
    }
    connection.run(format("INSERT INTO {} ({}) VALUES {}", kColumnsTable.name,
                          table_sql::joined(table_sql::names(kDictionaryColumns)), rows),
                   values, stop);
  }
}

}  // namespace nbasync
