#include <gtest/gtest.h>

#include <string>

#include "dataset/catalog.hpp"

namespace nbasync::ratings_test {
namespace {

bool is_rating(std::string_view name) {
  if (name.ends_with("_rank")) return false;
  return name.find("rating") != name.npos || name.find("rtg") != name.npos ||
         name.find("pace") != name.npos;
}

// An answer that lacks what is known is behind. Of `games` the logs write the pace, with columns of
// their own.
TEST(RatingsTest, ARatingThatIsKnownDoesNotBecomeNull) {
  std::size_t ratings = 0;
  for (const Table* table : tables()) {
    if (table == &kGamesTable) continue;
    for (const Column& column : table->columns) {
      if (!is_rating(column.name)) continue;
      ++ratings;
      EXPECT_EQ(column.on_update, OnUpdate::kKeepIfNull) << table->name << ' ' << column.name;
    }
  }
  EXPECT_EQ(ratings, 6U + 4 + 3 + 4) << "lines, teams, the league, players";
}

}  // namespace
}  // namespace nbasync::ratings_test
