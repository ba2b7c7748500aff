#include "store/change_feed.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "db/table_sql.hpp"
#include "store/changes_table.hpp"
#include "store/corrections.hpp"
#include "store/game_clock.hpp"

namespace nbasync {

std::int64_t ChangeFeed::rows() const { return static_cast<std::int64_t>(rows_.size()); }

void ChangeFeed::start(SystemTime now, const std::stop_token& stop) {
  now_ = now;
  stop_ = stop;
  if (rows() > 0) {
    before_ = std::exchange(added_, {});
    before_.rows = rows();
  }
  rows_ = {kChangesTable.columns, {}};
  added_ = {};
}

void ChangeFeed::add(const TableChange& change, const Difference& difference, Reason reason) {
  if (!difference.counts().any()) return;
  DataChange told{run_id_, std::string(change.table->name)};
  told.first_seq = rows() + 1;
  added_.told.push_back(std::move(told));
  if (is_load(change, difference)) {
    add_load(change, difference.inserts.size());
  } else {
    add_rows(change, difference, reason);
  }
  added_.told.back().last_seq = rows();
  if (added_.told.back().last_seq < added_.told.back().first_seq)
    added_.told.pop_back();  // clocks alone
}

// Whether all that there is of the scope comes now, and is much.
bool ChangeFeed::is_load(const TableChange& change, const Difference& difference) const {
  const bool all_new =
      difference.updates.empty() && difference.deletes.empty() && difference.unchanged == 0;
  if (!all_new || difference.inserts.size() <= kMostTold) return false;
  bool any = false;
  const auto where = change.scope.predicate.empty() ? "TRUE" : change.scope.predicate;
  connection_.each(
      format("SELECT 1 FROM {} WHERE {} LIMIT 1", change.table->name, where), change.scope.values,
      [&](Row) { any = true; }, stop_);
  return !any;
}

void ChangeFeed::add_load(const TableChange& change, std::size_t count) {
  std::string scope = "{\"scope\":";
  append_json_string(scope, change.scope.name);
  add_row(change, ChangeKind::kLoad, scope + '}', {}, format("{{\"count\":{}}}", count), false);
  added_.told.back().inserted += static_cast<std::int64_t>(count);
}

void ChangeFeed::add_rows(const TableChange& change, const Difference& difference, Reason reason) {
  const Corrections corrections(connection_, change, difference, new_finals_, now_, stop_);
  added_.finals.merge(corrections.finals(difference));
  for (const auto& gone : difference.deletes) {
    auto row = row_deleted(change, gone);
    add_missing_cells(change, gone, row);
    row.before.insert(row.before.begin(), row.key.begin(), row.key.end());
    add_row(change, row, reason == Reason::kAnswer && corrections.deleted(gone));
    ++added_.told.back().deleted;
  }
  for (const auto& update : difference.updates) {
    if (is_clock_alone(change, update)) continue;
    add_row(change, row_updated(change, difference, update), corrections.updated(update));
    ++added_.told.back().updated;
  }
  for (const auto each : difference.inserts) {
    add_row(change, row_inserted(change, difference, each), corrections.inserted(each));
    ++added_.told.back().inserted;
  }
}

// A row goes as a whole, whatever columns the answer knew of.
void ChangeFeed::add_missing_cells(const TableChange& change, const Difference::Delete& gone,
                                   RowChange& row) const {
  const auto& columns = change.table->columns;
  if (row.before.size() + row.key.size() == columns.size()) return;
  connection_.each(
      table_sql::select(*change.table, columns, table_sql::key_alone_is(columns)), gone.key,
      [&](Row stored) {
        row.before.clear();
        std::size_t cell = row.key.size();
        for (const Column& column : columns) {
          if (!table_sql::is_compared(column)) continue;
          append_json_cell(row.before.emplace_back(column.name, "").second, stored[cell++]);
        }
      },
      stop_);
}

void ChangeFeed::add_row(const TableChange& change, const RowChange& row, bool is_correction) {
  const bool was = row.kind != ChangeKind::kInsert;
  const bool is = row.kind != ChangeKind::kDelete;
  add_row(change, row.kind, json_object(row.key), was ? Value(json_object(row.before)) : Value(),
          is ? Value(json_object(row.after)) : Value(), is_correction);
}

void ChangeFeed::add_row(const TableChange& change, ChangeKind kind, std::string key, Value before,
                         Value after, bool is_correction) {
  auto& cells = rows_.cells;  // in the order of the table's columns
  cells.emplace_back();
  cells.emplace_back(run_id_);
  cells.emplace_back(std::string(change.table->name));
  cells.emplace_back(std::move(key));
  cells.emplace_back(std::string(to_string(kind)));
  cells.push_back(std::move(before));
  cells.push_back(std::move(after));
  cells.emplace_back(std::int64_t{is_correction});
  added_.told.back().corrections += is_correction ? 1 : 0;
}

TableBatch ChangeFeed::batch() const {
  TableBatch batch{&kChangesTable, &rows_, {}, {}, std::vector<std::size_t>(rows_.size())};
  std::iota(batch.inserts.begin(), batch.inserts.end(), std::size_t{0});
  return batch;
}

// Nobody else adds to the feed, so the newest rows are these. The data is written: that this cannot
// be told must not look as if it were not.
std::vector<DataChange> ChangeFeed::told() noexcept {
  auto written = std::exchange(rows() > 0 ? added_ : before_, {});
  if (rows() > 0) written.rows = rows();
  new_finals_.merge(written.finals);
  if (written.told.empty()) return {};
  try {
    std::int64_t last = 0;
    connection_.each(format("SELECT max(seq) FROM {}", kChangesTable.name), {},
                     [&](Row row) { last = to_integer(row[0]); }, {});
    const auto before = last - written.rows;
    for (auto& told : written.told) {
      told.first_seq += before;
      told.last_seq += before;
    }
    return written.told;
  } catch (const Error&) {
    return {};
  }
}

}  // namespace nbasync
