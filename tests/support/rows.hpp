#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "base/error.hpp"
#include "dataset/dataset.hpp"

namespace nbasync::testing {

inline const Value kNull{};

inline Value integer(std::int64_t number) { return number; }
inline Value real(double number) { return number; }
inline Value text(const char* words) { return std::string(words); }

// The cell of a row by its column's name.
inline const Value& cell(const Rows& rows, std::size_t row, std::string_view column) {
  for (std::size_t c = 0; c < rows.columns.size(); ++c) {
    if (rows.columns[c].name == column) return rows.cells.at(row * rows.columns.size() + c);
  }
  ADD_FAILURE() << "no column " << column;
  return kNull;
}

// The Error that `work` throws; its message is for EXPECT_THAT.
template <typename Work>
Error error_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return {Errc::kInternal, ""};
}

}  // namespace nbasync::testing
