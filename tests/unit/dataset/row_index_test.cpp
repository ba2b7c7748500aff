#include "dataset/row_index.hpp"

#include <gmock/gmock.h>

#include "support/rows.hpp"

namespace nbasync::row_index_test {
namespace {

using testing::error_of;
using ::testing::HasSubstr;
using testing::integer;
using testing::text;

TEST(RowIndexTest, FindsEachRowByItsWholeKey) {
  std::vector<Value> cells;
  for (int row = 0; row < 1000; ++row) {
    cells.push_back(std::string("game") + std::to_string(row / 2));
    cells.push_back(std::int64_t{row % 2});
  }
  const RowIndex index(cells, 2, {0, 1});
  for (std::size_t row = 0; row < 1000; ++row) {
    const KeyPart key[] = {key_part(cells[row * 2]), key_part(cells[row * 2 + 1])};
    EXPECT_EQ(index.find(key), row);
  }
  const KeyPart unknown[] = {{0, "game7"}, {2, {}}};
  EXPECT_EQ(index.find(unknown), std::nullopt);
}

TEST(RowIndexTest, NoRowsHoldNoKey) {
  const RowIndex index({}, 3, {0});
  const KeyPart key[] = {{1, {}}};
  EXPECT_EQ(index.find(key), std::nullopt);
}

TEST(RowIndexTest, TwoRowsForOneKeyAreNamed) {
  const Column columns[] = {{"id", Type::kText, true}, {"team", Type::kInteger, true}, {"points"}};
  const Rows rows{columns,
                  {text("a"), integer(1), text("x"), text("a"), integer(2), text("x"), text("a"),
                   integer(1), text("y")}};
  const Error error = error_of([&] { require_unique(rows, "boxscore"); });
  EXPECT_EQ(error.code(), Errc::kUpstreamMalformed);
  EXPECT_STREQ(error.what(), "boxscore: two rows for id a, team 1");
}

}  // namespace
}  // namespace nbasync::row_index_test
