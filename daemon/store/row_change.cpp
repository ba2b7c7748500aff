#include "store/row_change.hpp"

#include "dataset/value.hpp"
#include "db/table_sql.hpp"

namespace nbasync {
namespace {

std::string json_of(const Value& value) {
  std::string json;
  append_json_value(json, value);
  return json;
}

// What is stored of a new cell.
std::string json_of_new(const TableChange& change, const Difference& difference, std::size_t row,
                        std::size_t column) {
  const Value& cell = change.rows.cells[row * change.rows.columns.size() + column];
  const bool stands_in = is_null(cell) && !difference.stand_ins.empty();
  return json_of(stands_in ? difference.stand_ins[column] : cell);
}

JsonCells key_of(const Rows& rows, std::size_t row) {
  JsonCells key;
  for (std::size_t c = 0; c < rows.columns.size(); ++c) {
    if (!rows.columns[c].key) continue;
    key.emplace_back(rows.columns[c].name, json_of(rows.cells[row * rows.columns.size() + c]));
  }
  return key;
}

}  // namespace

RowChange row_inserted(const TableChange& change, const Difference& difference, std::size_t row) {
  RowChange told{ChangeKind::kInsert, key_of(change.rows, row), {}, {}};
  const auto& columns = change.rows.columns;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    told.after.emplace_back(columns[c].name, json_of_new(change, difference, row, c));
  }
  return told;
}

RowChange row_updated(const TableChange& change, const Difference& difference,
                      const Difference::Update& update) {
  RowChange told{ChangeKind::kUpdate, key_of(change.rows, update.row), {}, {}};
  for (std::size_t i = 0; i < update.columns.size(); ++i) {
    const auto c = update.columns[i];
    const auto name = change.rows.columns[c].name;
    told.before.emplace_back(name, json_of(update.before[i]));
    told.after.emplace_back(name, json_of_new(change, difference, update.row, c));
  }
  return told;
}

RowChange row_deleted(const TableChange& change, const Difference::Delete& gone) {
  RowChange told{ChangeKind::kDelete, {}, {}, {}};
  std::size_t part = 0;
  std::size_t before = 0;
  for (const Column& column : change.rows.columns) {
    if (column.key) told.key.emplace_back(column.name, json_of(gone.key[part++]));
    if (!table_sql::is_compared(column)) continue;
    told.before.emplace_back(column.name, json_of(gone.before[before++]));
  }
  return told;
}

}  // namespace nbasync
