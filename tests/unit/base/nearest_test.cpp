#include "base/nearest.hpp"

#include <gtest/gtest.h>

namespace nbasync {
namespace {

TEST(NearestTest, CountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("games", "game"), 1U);
  EXPECT_EQ(edit_distance("gemes", "games"), 1U);
  EXPECT_EQ(edit_distance("gaems", "games"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(NearestTest, FindsTheWordThatWasMeant) {
  EXPECT_EQ(nearest("run_timout", {"timeout", "run_timeout", "retries"}), "run_timeout");
  EXPECT_EQ(nearest("teems", {"full", "teams"}), "teams");
}

TEST(NearestTest, ABeginningIsEnough) {
  EXPECT_EQ(nearest("warn", {"info", "warning"}), "warning");
  EXPECT_EQ(nearest("wa", {"info", "warning"}), "");
}

TEST(NearestTest, AWordFarFromAllHasNoNearest) {
  EXPECT_EQ(nearest("zebra", {"full", "teams"}), "");
  EXPECT_EQ(nearest("x", {"y"}), "") << "nothing of it is left";
  EXPECT_EQ(nearest(std::string(100'000, 'a'), {"aaa"}), "");
}

TEST(NearestTest, SuggestsTheNearestOrListsAll) {
  EXPECT_EQ(suggest("teems", {"full", "teams"}), "; did you mean 'teams'?");
  EXPECT_EQ(suggest("zebra", {"full", "teams"}), "; known are: full, teams");
  EXPECT_EQ(suggest("zebra", {}), "");
}

}  // namespace
}  // namespace nbasync
