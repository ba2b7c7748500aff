#include "postgres/postgres_batch.hpp"

#include <span>
#include <string_view>
#include <vector>

#include "base/format.hpp"
#include "base/text.hpp"
#include "db/table_sql.hpp"
#include "postgres/postgres_text.hpp"

namespace nbasync {
namespace {

using postgres_text::Array;
using postgres_text::literal;
using Words = std::vector<std::string>;

std::string_view type_of(const Column& column) {
  switch (column.type) {
    case Type::kInteger:
      return "bigint";
    case Type::kCount:
    case Type::kReal:
      return "double precision";
    case Type::kText:
      return "text";
  }
  return "";
}

// "unnest('{…}'::text[], …) AS u(game_id, …)", of the columns given; `cell(row, column)`. `ordinal`
// is empty, or ", NAME" of one more column: the row's number, from 1.
template <typename Cell>
std::string unnest(const std::vector<const Column*>& columns, std::size_t rows, Cell cell,
                   std::string_view ordinal = "") {
  Words arrays;
  Words names;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    Array array;
    for (std::size_t r = 0; r < rows; ++r) array.add(cell(r, c));
    arrays.push_back(format("{}::{}[]", literal(array.text()), type_of(*columns[c])));
    names.emplace_back(columns[c]->name);
  }
  return format("unnest({}){} AS u({}{})", joined(arrays),
                ordinal.empty() ? "" : " WITH ORDINALITY", joined(names), ordinal);
}

class Statements {
 public:
  Statements(const TableBatch& batch, const std::string& now)
      : batch_(batch), table_(*batch.table), now_(literal(now)) {
    for (const Column& column : batch.rows->columns) {
      all_.push_back(&column);
      if (column.key) keys_.push_back(&column);
    }
  }

  std::string remove() const {
    if (batch_.deletes.empty()) return {};
    const auto rows = unnest(keys_, batch_.deletes.size(),
                             [&](auto r, auto c) -> const Value& { return batch_.deletes[r][c]; });
    return format("DELETE FROM {} AS t USING {} WHERE {};\n", table_.name, rows, same_key());
  }

  std::string update() const {
    if (batch_.updates.empty()) return {};
    return format("UPDATE {} AS t SET {} FROM {} WHERE {};\n", table_.name, sets("u", "t"),
                  rows_of(batch_.updates), same_key());
  }

  std::string insert() const {
    if (batch_.inserts.empty()) return {};
    const bool numbered = is_numbered();
    Words names;
    Words values;
    for (const Column* column : all_) {
      names.emplace_back(column->name);
      values.push_back(numbered && column->key
                           ? format("(SELECT coalesce(max({0}), 0) FROM {1}) + u.nbasync_row",
                                    column->name, table_.name)
                           : format("u.{}", column->name));
    }
    for (const std::string_view time : {table_.stamp, table_.created}) {
      if (time.empty()) continue;
      names.emplace_back(time);
      values.push_back(now_);
    }
    const auto insert =
        format("INSERT INTO {} ({}) SELECT {} FROM {}", table_.name, joined(names), joined(values),
               rows_of(batch_.inserts, numbered ? ", nbasync_row" : ""));
    if (numbered) return insert + ";\n";
    const auto changes = sets("excluded", table_.name);
    return format("{} ON CONFLICT ({}) DO {};\n", insert,
                  joined(table_sql::key_names(batch_.rows->columns)),
                  changes.empty() ? "NOTHING" : "UPDATE SET " + changes);
  }

 private:
  // Whether the rows have no key yet: they are given the next numbers, without a hole. An identity
  // would leave one where a transaction is rolled back.
  bool is_numbered() const {
    if (keys_.size() != 1 || keys_[0]->type != Type::kInteger) return false;
    for (std::size_t c = 0; c < all_.size(); ++c) {
      const auto cell = batch_.inserts.front() * all_.size() + c;
      if (all_[c]->key) return batch_.rows->cells[cell].index() == 0;
    }
    return false;
  }

  std::string same_key() const {
    Words parts;
    for (const Column* key : keys_) parts.push_back(format("t.{0} = u.{0}", key->name));
    return fmt::format("{}", fmt::join(parts, " AND "));
  }

  // Empty if no column may change. `fresh` and `stored` are the rows' names.
  std::string sets(std::string_view fresh, std::string_view stored) const {
    Words parts;
    for (const Column* column : all_) {
      if (!table_sql::is_compared(*column)) continue;
      const bool keep = column->on_update == OnUpdate::kKeepIfNull;
      parts.push_back(keep ? format("{0} = coalesce({1}.{0}, {2}.{0})", column->name, fresh, stored)
                           : format("{0} = {1}.{0}", column->name, fresh));
    }
    if (!parts.empty() && !table_.stamp.empty()) {
      parts.push_back(format("{} = {}", table_.stamp, now_));
    }
    return joined(parts);
  }

  std::string rows_of(const std::vector<std::size_t>& rows, std::string_view ordinal = "") const {
    const auto width = all_.size();
    return unnest(
        all_, rows.size(),
        [&](auto r, auto c) -> const Value& { return batch_.rows->cells[rows[r] * width + c]; },
        ordinal);
  }

  const TableBatch& batch_;
  const Table& table_;
  std::string now_;
  std::vector<const Column*> all_;
  std::vector<const Column*> keys_;
};

}  // namespace

std::string postgres_batch(const Batch& batch) {
  std::string message;
  for (const TableBatch& table : batch.tables) {
    if (table.empty()) continue;
    const Statements statements(table, batch.now);
    message += statements.remove();
    message += statements.update();
    message += statements.insert();
  }
  return message;
}

}  // namespace nbasync
