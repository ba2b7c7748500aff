#include "store/difference.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "db/table_sql.hpp"
#include "store/keyed_rows.hpp"

namespace nbasync {
namespace {

std::vector<std::size_t> positions(std::span<const Column> columns, bool (*wanted)(const Column&)) {
  std::vector<std::size_t> result;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (wanted(columns[c])) result.push_back(c);
  }
  return result;
}

KeyPart stored_key_part(const Cell& cell, Type type) {
  if (type == Type::kInteger) return {to_integer(cell), {}};
  const auto* text = std::get_if<std::string_view>(&cell);
  // Data that is not null tells an empty text from a number.
  return {0, text == nullptr ? std::string_view("") : *text};
}

// Rows of the answer that are stored with another scope's values: a game that moved to another day.
// Of an answer without a scope, all that are stored.
void find_elsewhere(Connection& connection, const TableChange& change, Comparison& comparison,
                    const std::stop_token& stop) {
  const auto unseen = comparison.unseen();
  if (unseen.empty()) return;
  const auto& columns = change.rows.columns;
  bool any = change.scope.predicate.empty();
  if (!any) {
    connection.each(
        format("SELECT 1 FROM {} WHERE ({}) IS NOT TRUE LIMIT 1", change.table->name,
               change.scope.predicate),
        change.scope.values, [&](Row) { any = true; }, stop);
  }
  if (!any) return;
  const auto sql = [&](std::size_t count) {
    return table_sql::select(*change.table, columns, table_sql::key_in(columns, count));
  };
  std::vector<Value> keys;
  std::size_t width = 0;
  for (const Column& column : columns) width += column.key ? 1 : 0;
  for (const auto row : unseen) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (columns[c].key) keys.push_back(change.rows.cells[row * columns.size() + c]);
    }
  }
  each_of_keys(
      connection, sql, keys, width, [&](Row row) { comparison.stored_elsewhere(row); }, stop);
}

}  // namespace

ChangeCounts& ChangeCounts::operator+=(const ChangeCounts& more) {
  inserted += more.inserted;
  updated += more.updated;
  unchanged += more.unchanged;
  deleted += more.deleted;
  return *this;
}

ChangeCounts Difference::counts() const {
  return {std::ssize(inserts), std::ssize(updates), unchanged, std::ssize(deletes)};
}

TableBatch Difference::batch(const TableChange& change) const {
  TableBatch batch{change.table, &change.rows, {}, {}, inserts};
  for (const auto& each : deletes) batch.deletes.push_back(each.key);
  for (const auto& each : updates) batch.updates.push_back(each.row);
  return batch;
}

Comparison::Comparison(const TableChange& change, std::vector<Value> stand_ins)
    : change_(change),
      stand_ins_(std::move(stand_ins)),
      keys_(positions(change.rows.columns, [](const Column& column) { return column.key; })),
      compared_(positions(change.rows.columns, table_sql::is_compared)),
      seen_(change.rows.size()),
      key_(keys_.size()) {}

std::optional<std::size_t> Comparison::find(Row stored) {
  for (std::size_t k = 0; k < keys_.size(); ++k) {
    key_[k] = stored_key_part(stored[k], change_.rows.columns[keys_[k]].type);
  }
  // Nearly always rows are stored in the order in which upstream tells them.
  const auto& rows = change_.rows;
  const std::size_t width = rows.columns.size();
  if (next_ < seen_.size() && RowIndex::has_key(rows.cells, width, keys_, next_, key_)) {
    return next_++;
  }
  if (!index_) index_.emplace(rows.cells, width, keys_);
  const auto found = index_->find(key_);
  if (found) next_ = *found + 1;
  return found;
}

void Comparison::stored(Row row) {
  ++found_.stored;
  if (const auto found = find(row)) {
    compare(*found, row);
  } else if (change_.complete) {
    auto& gone = found_.deletes.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) {
      (c < keys_.size() ? gone.key : gone.before).push_back(to_value(row[c]));
    }
  }
}

void Comparison::stored_elsewhere(Row row) {
  const auto found = find(row);
  if (found && !seen_[*found]) compare(*found, row);
}

void Comparison::compare(std::size_t row, Row stored) {
  seen_[row] = true;
  if (!change_.updates) {
    ++found_.unchanged;
    return;
  }
  const Value* cells = &change_.rows.cells[row * change_.rows.columns.size()];
  Difference::Update update{row, {}, {}};
  for (std::size_t i = 0; i < compared_.size(); ++i) {
    const std::size_t c = compared_[i];
    const bool is_null = cells[c].index() == 0;
    if (is_null && change_.rows.columns[c].on_update == OnUpdate::kKeepIfNull) continue;
    const Cell& cell = stored[keys_.size() + i];
    if (equal(cell, is_null ? stand_ins_[c] : cells[c])) continue;
    update.columns.push_back(c);
    update.before.push_back(to_value(cell));
  }
  if (update.columns.empty()) {
    ++found_.unchanged;
  } else {
    found_.updates.push_back(std::move(update));
  }
}

std::vector<std::size_t> Comparison::unseen() const {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < seen_.size(); ++row) {
    if (!seen_[row]) rows.push_back(row);
  }
  return rows;
}

Difference Comparison::difference() const {
  const bool is_empty = change_.complete && change_.rows.size() == 0 && !found_.deletes.empty();
  if (is_empty && !change_.guard) {
    throw Error(Errc::kUpstreamEmpty,
                format("{}: upstream answered without rows, where {} are stored; they stay",
                       change_.scope.name, found_.deletes.size()));
  }
  Difference result = found_;
  if (change_.inserts) result.inserts = unseen();
  result.stand_ins = stand_ins_;
  return result;
}

Difference difference(Connection& connection, const TableChange& change,
                      const std::stop_token& stop) {
  const auto& columns = change.rows.columns;
  Comparison comparison(change,
                        stand_ins(columns, connection.columns_of(change.table->name, stop)));
  if (!change.scope.predicate.empty()) {
    connection.each(
        table_sql::select(*change.table, columns, change.scope.predicate), change.scope.values,
        [&](Row row) { comparison.stored(row); }, stop);
  }
  find_elsewhere(connection, change, comparison, stop);
  return comparison.difference();
}

}  // namespace nbasync
