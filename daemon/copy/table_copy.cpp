#include "copy/table_copy.hpp"

#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "store/numbering.hpp"
#include "store/sync_log_table.hpp"

namespace nbasync {

TableCopy::TableCopy(Side from, Side to, std::stop_token stop)
    : from_(std::move(from)),
      to_(std::move(to)),
      stop_(std::move(stop)),
      tables_(declared::whole_tables()) {}

void TableCopy::require_empty() const {
  for (const auto& table : tables_) {
    if (table.name == declared::meta_table().name) continue;
    const auto rows = table_rows::count(to_.connection, table, stop_);
    if (rows == 0) continue;
    throw Error(
        Errc::kStorage,
        format("database {}: table {} is not empty (rows: {}), and all tables must be; name "
               "another place, or empty it; nothing was changed",
               to_.name, table.name, rows));
  }
}

void TableCopy::fill() {
  table_rows::make_room(to_.connection, stop_);
  run_ids::let_be_shared(to_.connection);
  read_.clear();
  for (const auto& table : tables_) {
    const Table shape{table.name, table.columns, "", ""};
    auto& rows = read_.emplace_back();
    to_.fill(shape, [&](const Side::TakeRow& put) { rows = table_rows::read(from_, table, put); });
  }
}

void TableCopy::verify() const {
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    const auto there = table_rows::read(to_, tables_[t], [](std::span<const Value>) {}).sum;
    if (there == read_[t].sum) continue;
    throw Error(Errc::kStorage,
                format("database {}: table {} has not become what it is in database {} ({} rows of "
                       "{}, or other cells): a column of another type, a trigger, or another "
                       "program that writes there? nothing was copied",
                       to_.name, tables_[t].name, from_.name, there.rows(), read_[t].sum.rows()));
  }
}

void TableCopy::finish() {
  run_ids::make_unique(to_.connection);
  for (const auto& table : tables_) {
    if (table.is_numbered) number_on(to_.connection, table, stop_);
  }
}

CopyReport TableCopy::report() const {
  CopyReport report;
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    report.tables.push_back(
        {std::string(tables_[t].name), read_[t].sum.rows(), read_[t].other_texts});
  }
  report.left = table_rows::strangers(from_.connection, stop_);
  return report;
}

}  // namespace nbasync
