#include "copy/table_sum.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "support/rows.hpp"

namespace nbasync {
namespace {

using testing::integer;
using testing::kNull;
using testing::real;
using testing::text;

TableSum sum_of(const std::vector<std::vector<Value>>& rows) {
  TableSum sum;
  for (const auto& row : rows) sum.add(row);
  return sum;
}

TEST(TableSumTest, TheOrderOfRowsDoesNotMatter) {
  EXPECT_EQ(sum_of({{integer(1), text("a")}, {integer(2), text("b")}}),
            sum_of({{integer(2), text("b")}, {integer(1), text("a")}}));
  EXPECT_EQ(sum_of({{integer(1)}, {integer(2)}}).rows(), 2);
}

TEST(TableSumTest, EachOtherTableHasAnotherSum) {
  const std::vector<std::vector<std::vector<Value>>> tables = {
      {},
      {{kNull, text("a")}},
      {{text(""), text("a")}},
      {{text("a"), kNull}},
      {{text("a"), text("")}},
      {{text("ab"), text("c")}},
      {{text("a"), text("bc")}},
      {{integer(1), integer(2)}},
      {{integer(2), integer(1)}},
      {{real(1), integer(2)}},
      {{text("1"), integer(2)}},
      {{integer(1), integer(2)}, {integer(1), integer(2)}},
      {{integer(1), integer(2)}, {integer(3), integer(4)}},
      {{integer(1), integer(4)}, {integer(3), integer(2)}},
  };
  for (std::size_t one = 0; one < tables.size(); ++one) {
    for (std::size_t other = 0; other < tables.size(); ++other) {
      EXPECT_EQ(sum_of(tables[one]) == sum_of(tables[other]), one == other) << one << ' ' << other;
    }
  }
}

}  // namespace
}  // namespace nbasync
