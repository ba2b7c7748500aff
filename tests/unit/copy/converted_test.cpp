#include "copy/converted.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "support/rows.hpp"

namespace nbasync {
namespace {

using testing::integer;
using testing::kNull;
using testing::real;
using testing::text;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(ConvertedTest, WhatReadsAsAWholeNumberIsOne) {
  for (const Cell& cell : {Cell{std::int64_t{48}}, Cell{48.0}, Cell{"48"}, Cell{"48.0"}}) {
    EXPECT_EQ(converted(cell, Type::kInteger), integer(48)) << shown(cell);
  }
  const auto largest = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(converted(largest, Type::kInteger), integer(largest));
  EXPECT_EQ(converted("9223372036854775807", Type::kInteger), integer(largest));
  for (const Cell& cell : {Cell{48.5}, Cell{"abc"}, Cell{""}, Cell{" 48"}, Cell{"48x"},
                           Cell{9223372036854775808.0}, Cell{kInfinity}, Cell{Blob{"48"}}}) {
    EXPECT_EQ(converted(cell, Type::kInteger), std::nullopt) << shown(cell);
  }
}

TEST(ConvertedTest, WhatReadsAsANumberIsOne) {
  for (const Type type : {Type::kReal, Type::kCount}) {
    EXPECT_EQ(converted(std::int64_t{48}, type), real(48));
    EXPECT_EQ(converted("26.2", type), real(26.2));
    EXPECT_EQ(converted(kInfinity, type), real(kInfinity));
    EXPECT_FALSE(std::signbit(std::get<double>(*converted(-0.0, type))));
    // 2^53 + 1 is no double.
    for (const Cell& cell : {Cell{(std::int64_t{1} << 53) + 1}, Cell{"47.1%"}, Cell{"inf"},
                             Cell{std::nan("")}, Cell{Blob{"1"}}}) {
      EXPECT_EQ(converted(cell, type), std::nullopt) << shown(cell);
    }
  }
}

TEST(ConvertedTest, TextIsWhatAPostgresqlTakesOfIt) {
  EXPECT_EQ(converted("é", Type::kText), text("é"));
  EXPECT_EQ(converted(std::string_view("a\0\xff", 3), Type::kText),
            text("a\xef\xbf\xbd\xef\xbf\xbd"));
  EXPECT_EQ(converted(std::int64_t{22025}, Type::kText), text("22025"));
  EXPECT_EQ(converted(1.5, Type::kText), text("1.5"));
  EXPECT_EQ(converted(Blob{"a"}, Type::kText), std::nullopt);
}

TEST(ConvertedTest, NullIsNull) {
  for (const Type type : {Type::kInteger, Type::kCount, Type::kReal, Type::kText}) {
    EXPECT_EQ(converted(Cell(), type), kNull);
  }
}

}  // namespace
}  // namespace nbasync
