#include "store/table_writer.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "store/sql.hpp"
#include "store/stored_value.hpp"
#include "store/table_sql.hpp"

namespace nbasync {
namespace {

constexpr std::size_t kRowsBetweenChecks = 64;  // for a stop request

// Throws when told to stop; asks only now and then.
class StopCheck {
 public:
  explicit StopCheck(const std::stop_token& stop) : stop_(stop) {}

  void row() {
    if (++rows_ % kRowsBetweenChecks == 0 && stop_.stop_requested()) {
      throw Error(Errc::kCancelled, "database: cancelled, nothing was changed");
    }
  }

 private:
  const std::stop_token& stop_;
  std::size_t rows_ = 0;
};

std::vector<std::size_t> positions(std::span<const Column> columns, bool (*wanted)(const Column&)) {
  std::vector<std::size_t> result;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (wanted(columns[c])) result.push_back(c);
  }
  return result;
}

std::vector<Value> stand_ins(std::span<const Column> columns,
                             std::span<const StoredColumn> stored) {
  std::vector<Value> result(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const StoredColumn* column = find_column(stored, columns[c].name);
    if (column == nullptr || !column->not_null) continue;
    result[c] = holds_numbers(*column) ? Value(std::int64_t{0}) : Value(std::string());
  }
  return result;
}

std::span<const Value> row_of(const Rows& rows, std::size_t row) {
  return std::span(rows.cells).subspan(row * rows.columns.size(), rows.columns.size());
}

}  // namespace

TableWriter::TableWriter(SQLite::Database& db, const Table& table, std::span<const Column> columns)
    : table_(table.name),
      has_stamp_(!table.stamp.empty()),
      columns_(columns.begin(), columns.end()),
      keys_(positions(columns, [](const Column& column) { return column.key; })),
      compared_(positions(columns, table_sql::is_compared)),
      stand_ins_(stand_ins(columns, stored_columns(db, table.name))),
      scan_(db, table_sql::select(table, columns, table.scope)),
      find_(db, table_sql::select(table, columns, table_sql::key_is(columns))),
      insert_(db, table_sql::insert(table, columns, stored_columns(db, table.name))),
      remove_(db, table_sql::remove(table, columns)) {
  const std::string sql = table_sql::update(table, columns);
  if (!sql.empty()) update_.emplace(db, sql);
}

ChangeCounts TableWriter::apply(const TableChange& change, const std::string& now,
                                const std::stop_token& stop) {
  const Comparison found = compare(change, stop);
  if (change.complete && change.rows.size() == 0 && !found.gone.empty()) {
    throw Error(Errc::kUpstreamEmpty,
                format("{}: upstream answered without rows for {}, where {} are stored; they stay",
                       table_, change.scope, found.gone.size()));
  }
  StopCheck check(stop);
  ChangeCounts counts;
  counts.unchanged = found.unchanged;
  // First: a key of the predecessor's may have to become free.
  for (std::size_t i = 0; change.complete && i < found.gone.size(); ++i) {
    check.row();
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      remove_.bind(static_cast<int>(keys_[k] + 1), found.gone[i][k]);
    }
    counts.deleted += remove_.run();
  }
  for (const std::size_t row : found.changed) {
    check.row();
    update(row_of(change.rows, row), now);
    ++counts.updated;
  }
  for (std::size_t row = 0; row < change.rows.size(); ++row) {
    if (found.seen[row]) continue;
    check.row();
    put(row_of(change.rows, row), now, counts);
  }
  return counts;
}

TableWriter::Comparison TableWriter::compare(const TableChange& change,
                                             const std::stop_token& stop) {
  const RowIndex index(change.rows.cells, columns_.size(), keys_);
  Comparison result;
  result.seen.resize(change.rows.size());
  StopCheck check(stop);
  const ResetAtEnd reset(scan_);
  scan_.bind(1, change.scope);
  std::vector<KeyPart> key(keys_.size());
  while (scan_.step()) {
    check.row();
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      key[k] = stored_key_part(scan_.column(static_cast<int>(k)), columns_[keys_[k]].type);
    }
    if (const auto row = index.find(key)) {
      result.seen[*row] = true;
      if (differs(scan_, row_of(change.rows, *row))) {
        result.changed.push_back(*row);
      } else {
        ++result.unchanged;
      }
    } else if (change.complete) {
      auto& gone = result.gone.emplace_back();
      for (std::size_t k = 0; k < keys_.size(); ++k) {
        gone.push_back(copy(scan_.column(static_cast<int>(k))));
      }
    }
  }
  return result;
}

bool TableWriter::differs(Prepared& stored, std::span<const Value> row) const {
  int index = static_cast<int>(keys_.size());
  for (const std::size_t c : compared_) {
    const Value& value = value_to_update(row, c);
    const bool kept = columns_[c].on_update == OnUpdate::kKeepIfNull && value.index() == 0;
    if (!kept && !equal(stored.column(index), value)) return true;
    ++index;
  }
  return false;
}

void TableWriter::put(std::span<const Value> row, const std::string& now, ChangeCounts& counts) {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    insert_.bind(static_cast<int>(c + 1), value_to_insert(row, c));
  }
  bind_stamp(insert_, now);
  if (insert_.run() > 0) {
    ++counts.inserted;
    return;
  }
  bind_key(find_, row);
  bool changed = false;
  {
    const ResetAtEnd reset(find_);
    changed = find_.step() && differs(find_, row);
  }
  if (changed) {
    update(row, now);
    ++counts.updated;
  } else {
    ++counts.unchanged;
  }
}

void TableWriter::update(std::span<const Value> row, const std::string& now) {
  bind_key(*update_, row);
  for (const std::size_t c : compared_) {
    update_->bind(static_cast<int>(c + 1), value_to_update(row, c));
  }
  bind_stamp(*update_, now);
  update_->run();
}

const Value& TableWriter::value_to_insert(std::span<const Value> row, std::size_t column) const {
  return row[column].index() == 0 ? stand_ins_[column] : row[column];
}

const Value& TableWriter::value_to_update(std::span<const Value> row, std::size_t column) const {
  const bool keeps = columns_[column].on_update == OnUpdate::kKeepIfNull;
  return keeps ? row[column] : value_to_insert(row, column);
}

void TableWriter::bind_key(Prepared& statement, std::span<const Value> row) {
  for (const std::size_t k : keys_) statement.bind(static_cast<int>(k + 1), row[k]);
}

void TableWriter::bind_stamp(Prepared& statement, const std::string& now) {
  if (has_stamp_) statement.bind(static_cast<int>(columns_.size() + 1), now);
}

}  // namespace nbasync
