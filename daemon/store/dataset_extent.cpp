#include "store/dataset_extent.hpp"

#include <algorithm>
#include <string_view>

#include "base/format.hpp"

namespace nbasync {
namespace {

bool has(const Table& table, std::string_view column) {
  return std::ranges::find(table.columns, column, &Column::name) != table.columns.end();
}

}  // namespace

DatasetExtent extent_of(Connection& connection, const Dataset& dataset, const std::string& season,
                        const std::stop_token& stop) {
  const Table& table = *dataset.tables.front();
  const bool of_season = has(table, "season");
  const bool has_day = has(table, "game_date");
  // A predecessor's dates have a time behind them.
  auto sql = format("SELECT count(*), {} FROM {} WHERE {}",
                    has_day ? "substr(max(game_date), 1, 10)" : "NULL", table.name,
                    of_season ? "season = $1" : "$1 = $1");
  if (has_day) sql += format(" AND {} LIKE '00%'", has(table, "game_id") ? "game_id" : "id");
  DatasetExtent extent;
  const Value values[] = {season};
  connection.each(
      sql, values,
      [&](const Row& row) {
        extent.rows = to_integer(row[0]);
        if (auto newest = to_text(row[1]); !newest.empty()) extent.newest = std::move(newest);
      },
      stop);
  return extent;
}

}  // namespace nbasync
