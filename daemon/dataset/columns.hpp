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

}  // namespace nbasync
