#include "copy/table_rows.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "copy/converted.hpp"
#include "db/table_sql.hpp"
#include "store/migrations.hpp"

namespace nbasync::table_rows {
namespace {

// Tables of this program that are no declared ones: of several daemons (cluster/), or 0.1's.
constexpr std::string_view kOurs = "nbasync_";

std::string from_where(const declared::WholeTable& table) {
  if (table.name != declared::meta_table().name) return std::string(table.name);
  return format("{} WHERE key NOT IN ('{}', '{}')", table.name, declared::kSchemaKey,
                declared::kVersionKey);
}

// "game_id '0022500001', team_id 5".
std::string key_of(const declared::WholeTable& table, const Row& row) {
  std::string key;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (!table.columns[c].key) continue;
    key += format("{}{} {}", key.empty() ? "" : ", ", table.columns[c].name, shown(row[c]));
  }
  return key;
}

// Cells that do not read as their column's type: the first in words, and how many.
class Misfits {
 public:
  Misfits(const Side& side, const declared::WholeTable& table) : side_(side), table_(table) {}

  void add(const Row& row, std::size_t column) {
    if (++count_ > 1) return;
    first_ = format("row with {}: column {} has {}, which does not read as {}", key_of(table_, row),
                    table_.columns[column].name, shown(row[column]),
                    name_of(table_.columns[column].type));
  }

  bool any() const { return count_ > 0; }

  void require_none() const {
    if (!any()) return;
    const auto others = count_ == 1 ? "" : format(" (and so {} other cells of it)", count_ - 1);
    throw Error(Errc::kStorage,
                format("database {}: table {}, {}{}; correct it there, or remove the row; nothing "
                       "was copied",
                       side_.name, table_.name, first_, others));
  }

 private:
  const Side& side_;
  const declared::WholeTable& table_;
  std::string first_;
  std::size_t count_ = 0;
};

}  // namespace

Rows read(const Side& side, const declared::WholeTable& table, const Side::TakeRow& row) {
  std::vector<Value> values(table.columns.size());
  Rows rows;
  Misfits misfits(side, table);
  side.each(format("SELECT {} FROM {}", table_sql::joined(table_sql::names(table.columns)),
                   from_where(table)),
            [&](const Row& stored) {
              for (std::size_t c = 0; c < values.size(); ++c) {
                auto value = converted(stored[c], table.columns[c].type);
                if (!value || (table.columns[c].key && value->index() == 0)) {
                  misfits.add(stored, c);
                } else {
                  if (is_other_text(stored[c], *value)) ++rows.other_texts;
                  values[c] = std::move(*value);
                }
              }
              if (misfits.any()) return;  // nothing will be copied, only counted
              rows.sum.add(values);
              row(values);
            });
  misfits.require_none();
  return rows;
}

std::int64_t count(Connection& connection, const declared::WholeTable& table,
                   const std::stop_token& stop) {
  std::int64_t rows = 0;
  if (connection.columns_of(table.name, stop).empty()) return rows;
  connection.each(
      format("SELECT count(*) FROM {}", from_where(table)), {},
      [&](const Row& row) { rows = to_integer(row[0]); }, stop);
  return rows;
}

void make_room(Connection& connection, const std::stop_token& stop) {
  connection.run(format("DELETE FROM {}", from_where(declared::whole(declared::meta_table()))), {},
                 stop);
}

std::vector<std::string> strangers(Connection& connection, const std::stop_token& stop) {
  const auto ours = declared::whole_tables();
  std::vector<std::string> found;
  for (const auto& name : connection.tables(stop)) {
    const auto table = std::ranges::find_if(
        ours, [&](const auto& declared) { return same_name(declared.name, name); });
    if (table == ours.end()) {
      if (name.starts_with(kOurs) || is_of_0_1(name)) continue;
      found.push_back(format("table {}", printable(name)));
      continue;
    }
    for (const StoredColumn& column : connection.columns_of(name, stop)) {
      const bool is_ours = std::ranges::any_of(table->columns, [&](const Column& declared) {
        return same_name(declared.name, column.name);
      });
      if (!is_ours) found.push_back(format("column {}.{}", name, printable(column.name)));
    }
  }
  return found;
}

}  // namespace nbasync::table_rows
