#include "store/columns_table.hpp"

#include <array>
#include <cstdint>

#include "base/format.hpp"
#include "dataset/dictionary.hpp"

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

void write_dictionary(Connection& connection, const std::stop_token& stop) {
  connection.run(format("DELETE FROM {}", kColumnsTable.name), {}, stop);
  for (const auto& table : dictionary()) {
    std::int64_t position = 0;
    for (const auto& column : table.columns) {
      const Value values[] = {std::string(table.name),
                              std::string(column.name),
                              ++position,
                              std::string(column.type),
                              std::int64_t{column.is_key},
                              column.sentence,
                              std::string(column.unit),
                              column.source};
      connection.run(
          "INSERT INTO nbasync_columns (table_name, column_name, ordinal_position, type, is_key, "
          "description, unit, source) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
          values, stop);
    }
  }
}

}  // namespace nbasync
