#include "dataset/derive.hpp"

#include <gmock/gmock.h>

#include "support/rows.hpp"

namespace nbasync::derive_test {
namespace {

using ::testing::ElementsAre;
using testing::integer;
using testing::kNull;
using testing::real;

TEST(DeriveTest, RoundsTheNoiseAway) {
  EXPECT_EQ(difference(real(41.3), real(12.1)), real(29.2));
  EXPECT_EQ(product(3, real(12.1)), real(36.3));
}

TEST(DeriveTest, WholeNumbersStayWhole) {
  EXPECT_EQ(difference(integer(40), integer(12)), integer(28));
  EXPECT_EQ(sum(integer(110), integer(99)), integer(209));
}

TEST(DeriveTest, NullOperandsGiveNull) {
  EXPECT_EQ(difference(integer(40), kNull), kNull);
  EXPECT_EQ(sum(kNull, integer(1)), kNull);
  EXPECT_EQ(product(2, kNull), kNull);
  EXPECT_EQ(ratio(kNull, integer(3)), kNull);
}

TEST(DeriveTest, NoAttemptsGiveNoPercentage) {
  EXPECT_EQ(ratio(integer(0), integer(0)), kNull);
  EXPECT_EQ(ratio(integer(1), integer(3)), real(0.333));
}

TEST(DeriveTest, MeanLeavesOutNulls) {
  EXPECT_EQ(mean(std::vector<Value>{real(99.91), kNull, real(100.0)}, 2), real(99.96));
  EXPECT_EQ(mean(std::vector<Value>{kNull}), kNull);
  EXPECT_EQ(mean({}), kNull);
}

TEST(DeriveTest, EqualValuesShareARankAndTheNextCountsThem) {
  const std::vector<Value> points = {real(110), real(120), real(110), real(100)};
  EXPECT_THAT(ranks(points, Best::kHighest),
              ElementsAre(integer(2), integer(1), integer(2), integer(4)));
  EXPECT_THAT(ranks(points, Best::kLowest),
              ElementsAre(integer(2), integer(4), integer(2), integer(1)));
}

TEST(DeriveTest, NullHasNoRankAndTakesNone) {
  EXPECT_THAT(ranks(std::vector<Value>{kNull, integer(5), integer(7)}, Best::kHighest),
              ElementsAre(kNull, integer(2), integer(1)));
}

TEST(DeriveTest, RestIsCountedForEveryTeamAndInAnyOrder) {
  const std::vector<TeamDay> days = {{1, "2025-11-03"}, {2, "2025-11-03"}, {1, "2025-11-01"},
                                     {2, "2025-11-02"}, {1, "2025-10-29"}, {3, "2025-11-03"}};
  EXPECT_THAT(rest_days(days),
              ElementsAre(integer(2), integer(1), integer(3), kNull, kNull, kNull));
}

TEST(DeriveTest, RestCrossesTheYear) {
  EXPECT_THAT(rest_days(std::vector<TeamDay>{{1, "2024-02-28"}, {1, "2024-03-01"}}),
              ElementsAre(kNull, integer(2)));
  EXPECT_THAT(rest_days(std::vector<TeamDay>{{1, "2025-12-31"}, {1, "2026-01-01"}}),
              ElementsAre(kNull, integer(1)));
}

}  // namespace
}  // namespace nbasync::derive_test
