#include "store/old_changes.hpp"

#include "base/format.hpp"
#include "unit/store/store_fixture.hpp"

namespace nbasync {
namespace {

using testing::integer;
using testing::OpenStore;

class OldChangesTest : public testing::StoreFixture {
 protected:
  // So many rows of the feed, with the numbers that come next.
  void tell_changes(int count, SystemTime at) {
    tell(
        format("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
               "INSERT INTO nbasync_changes (changed_at) SELECT '{}' FROM n",
               count, format_utc(at)));
  }
  // Until none go any more: how many transactions that took.
  int remove(const ChangesKept& kept) {
    int times = 0;
    while (old_changes::remove(*connection_, kept, now_, {})) ++times;
    return times;
  }
  std::string range() {
    return ask("SELECT coalesce(min(seq) || '-' || max(seq), '') FROM nbasync_changes");
  }

  OpenStore store_{path_};
  testing::TestDatabase database_{path_};
  std::unique_ptr<Connection> connection_ = database_.connect_writer();
};

TEST_F(OldChangesTest, WhatIsOldGoesInSteps) {
  tell_changes(2'500, now_ - std::chrono::days(31));
  tell_changes(10, now_ - std::chrono::days(29));
  EXPECT_EQ(remove({}), 3);
  EXPECT_EQ(range(), "2501-2510");
  EXPECT_EQ(remove({.keep = std::nullopt}), 0);
}

TEST_F(OldChangesTest, WhatIsTooMuchGoes) {
  tell_changes(1'500, now_);
  EXPECT_EQ(remove({.keep = std::nullopt, .rows = 1'000}), 1);
  EXPECT_EQ(range(), "501-1500");
}

TEST_F(OldChangesTest, TheNewestStaysAndNoNumberIsGivenTwice) {
  tell_changes(5, now_ - std::chrono::days(100));
  remove({});
  EXPECT_EQ(range(), "5-5");
  apply(store_, day("2026-01-15", {{"a", integer(1)}}));
  remove({});
  EXPECT_EQ(range(), "6-6");
}

// A clock that was in the future once.
TEST_F(OldChangesTest, ATimeToComeHoldsUpNothing) {
  tell_changes(1, now_ + std::chrono::days(10'000));
  tell_changes(5, now_ - std::chrono::days(31));
  tell_changes(1, now_);
  remove({});
  EXPECT_EQ(range(), "7-7");
}

TEST_F(OldChangesTest, AnEmptyFeedIsLeftAlone) {
  store_.checkpoint();
  EXPECT_EQ(remove({}), 0);
  EXPECT_EQ(log_bytes(), 0U);
}

}  // namespace
}  // namespace nbasync
