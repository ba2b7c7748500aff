#pragma once

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "dataset/dictionary.hpp"
#include "dataset/views.hpp"

namespace nbasync {

// Makes a view column by column, so that its list of columns and its SELECT are the same list.
class ViewBuilder {
 public:
  ViewBuilder(std::string_view name, std::string_view about) : view_{name, about, {}, {}} {}

  // A column of its own.
  ViewBuilder& add(std::string_view name, std::string_view sql, Type type, std::string_view text,
                   std::string_view unit) {
    return append(Column{name, type}.says(text, unit, "computed by the view"), sql);
  }

  // A column as a table has it, there known as `alias`, under the same name or another.
  ViewBuilder& same(const Table& table, std::string_view alias, std::string_view column,
                    std::string_view name = {}) {
    const auto columns = all_columns(table);
    const auto found = std::ranges::find(columns, column, &Column::name);
    if (found == columns.end()) throw std::logic_error("a view of a column that is not there");
    Column copy = *found;
    copy.key = false;
    copy.meaning.source = table.name;
    copy.meaning.field = column;
    if (!name.empty()) copy.name = name;
    return append(copy, format("{}.{}", alias, column));
  }

  // "FROM …" and what comes behind it.
  View from(std::string_view rest) {
    view_.select += ' ';
    view_.select += rest;
    return std::move(view_);
  }

 private:
  ViewBuilder& append(const Column& column, std::string_view sql) {
    view_.select += format("{} {} AS {}", view_.columns.empty() ? "SELECT" : ",", sql, column.name);
    view_.columns.push_back(column);
    return *this;
  }

  View view_;
};

}  // namespace nbasync
