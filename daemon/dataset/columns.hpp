#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "dataset/dataset.hpp"

namespace nbasync {

// The position of a column in a row, found when compiling; a name that is not there does not
// compile.
template <std::size_t N>
consteval std::size_t position(const std::array<Column, N>& columns, std::string_view name) {
  for (std::size_t c = 0; c < N; ++c) {
    if (columns[c].name == name) return c;
  }
  throw "no such column";
}

// The columns, those of these fields as coming from that answer of upstream. What says itself how
// it is made stays as it is.
template <std::size_t N, typename Fields>
constexpr std::array<Column, N> sourced(std::array<Column, N> columns, std::string_view answer,
                                        const Fields& fields) {
  for (const auto& field : fields) {
    for (Column& column : columns) {
      if (column.name != field.column || !column.meaning.source.empty()) continue;
      column.meaning.source = answer;
      column.meaning.field = field.header;
    }
  }
  return columns;
}

}  // namespace nbasync
