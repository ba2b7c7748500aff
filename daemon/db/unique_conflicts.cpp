#include "db/unique_conflicts.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "base/format.hpp"
#include "db/table_sql.hpp"

namespace nbasync {
namespace {

// The names of the columns of each unique index; none for an expression.
std::map<std::string, std::vector<std::string>> unique_indexes(SQLite::Database& db,
                                                               const Table& table) {
  SqliteStatement list(db,
                       "SELECT i.name, coalesce(c.name, '') FROM pragma_index_list($1) AS i, "
                       "pragma_index_info(i.name) AS c WHERE i.\"unique\" AND NOT i.partial");
  const Value name = std::string(table.name);
  list.bind(1, name);
  std::map<std::string, std::vector<std::string>> indexes;
  while (list.step()) indexes[to_text(list.row()[0])].push_back(to_text(list.row()[1]));
  return indexes;
}

std::optional<std::size_t> replaced(std::span<const Column> columns, const std::string& name) {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const bool kept = !columns[c].key && columns[c].on_update != OnUpdate::kReplace;
    if (same_name(columns[c].name, name) && !kept) return c;
  }
  return std::nullopt;
}

std::string conditions(std::span<const Column> columns, const std::vector<std::size_t>& positions,
                       std::string_view relation, std::string_view between, std::size_t number) {
  std::string all;
  for (const auto c : positions) {
    all += format("{}{} {} ${}", all.empty() ? "" : between, columns[c].name, relation, number++);
  }
  return all;
}

}  // namespace

UniqueConflicts::UniqueConflicts(SQLite::Database& db, const Table& table,
                                 std::span<const Column> columns,
                                 const std::vector<StoredColumn>& stored)
    : stand_ins_(stand_ins(columns, stored)), remove_(db, table_sql::remove(table, columns)) {
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (columns[c].key) keys_.push_back(c);
  }
  for (const auto& [index, names] : unique_indexes(db, table)) {
    std::vector<std::size_t> positions;
    std::optional<std::size_t> released;  // a column that an update may change
    for (const auto& name : names) {
      const auto c = replaced(columns, name);
      if (!c) break;
      positions.push_back(*c);
      if (!columns[*c].key) released = c;
    }
    if (positions.size() < names.size() || !released) continue;
    indexes_.push_back(
        {positions,
         {db, format("SELECT {} FROM {} WHERE {} AND ({})",
                     table_sql::joined(table_sql::key_names(columns)), table.name,
                     conditions(columns, positions, "=", " AND ", 1),
                     conditions(columns, keys_, "IS NOT", " OR ", positions.size() + 1))},
         {db, format("UPDATE {} SET {} = $1 WHERE {}", table.name, columns[*released].name,
                     conditions(columns, keys_, "IS", " AND ", 2))}});
  }
}

void UniqueConflicts::clear(const TableBatch& batch) {
  for (auto& index : indexes_) {
    for (const auto* rows : {&batch.updates, &batch.inserts}) {
      for (const auto row : *rows) clear(index, batch, row);
    }
  }
}

void UniqueConflicts::clear(Index& index, const TableBatch& batch, std::size_t row) {
  const auto& columns = batch.rows->columns;
  const auto cell = [&](std::size_t r, std::size_t c) -> const Value& {
    return batch.rows->cells[r * columns.size() + c];
  };
  std::vector<Value> values;
  for (const auto c : index.columns) {
    values.push_back(cell(row, c).index() == 0 ? stand_ins_[c] : cell(row, c));
  }
  for (const auto c : keys_) values.push_back(cell(row, c));
  const ResetAtEnd reset(index.holder);
  index.holder.bind(values);
  std::optional<std::vector<Value>> holder;
  while (index.holder.step()) {
    holder.emplace();
    const Row found = index.holder.row();
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      const Cell& part = found[k];
      const bool number = columns[keys_[k]].type == Type::kInteger;
      holder->push_back(number ? Value(to_integer(part)) : Value(to_text(part)));
    }
  }
  if (!holder) return;
  const auto is_holder = [&](std::size_t r) {
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      if (cell(r, keys_[k]) != (*holder)[k]) return false;
    }
    return true;
  };
  if (std::ranges::any_of(batch.updates, is_holder)) {
    std::string unlike = "nbasync";  // until its update, a moment later
    for (const auto& part : *holder) {
      const auto* number = std::get_if<std::int64_t>(&part);
      unlike += number ? format(" {}", *number) : ' ' + std::get<std::string>(part);
    }
    holder->insert(holder->begin(), Value(unlike));
    index.release.bind(*holder);
    index.release.run();
    return;
  }
  for (std::size_t r = 0; r < batch.rows->size(); ++r) {
    if (is_holder(r)) return;  // the answer itself has the value twice: the index will say so
  }
  remove_.bind(*holder);
  remove_.run();
}

}  // namespace nbasync
