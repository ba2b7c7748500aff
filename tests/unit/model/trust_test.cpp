#include "model/trust.hpp"

#include <gtest/gtest.h>

namespace nbasync {
namespace {

TEST(TrustTest, RootAndOwnUserAreOwners) {
  const Trust trust{990, 991};
  EXPECT_TRUE(trust.is_owner(0));
  EXPECT_TRUE(trust.is_owner(991));
  EXPECT_FALSE(trust.is_owner(990)) << "that is the group's number";
}

TEST(TrustTest, MembersOfTheGroupAreAllowedIfThereIsOne) {
  const Trust trust{990, 991};
  EXPECT_TRUE(trust.allows(1000, {100, 990}));
  EXPECT_FALSE(trust.allows(1000, {100, 991}));
  EXPECT_FALSE(trust.allows(1000, {}));
  const Trust without{std::nullopt, 991};
  EXPECT_FALSE(without.allows(1000, {100, 990}));
  EXPECT_TRUE(without.allows(0, {}));
}

TEST(TrustTest, GroupsAreFoundByName) {
  EXPECT_EQ(find_group("root"), 0U);
  EXPECT_FALSE(find_group("no-such-group-of-nbasync"));
}

}  // namespace
}  // namespace nbasync
