#include "model/trust.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "base/error.hpp"

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

// That is no group that is not there: it is to be asked for again.
TEST(TrustTest, GroupsThatTheSystemCannotTellAreAnError) {
  const auto group = find_group("daemon");  // what it takes is loaded
  ASSERT_TRUE(group);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none{0, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  EXPECT_THROW(find_group("daemon"), Error);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(find_group("daemon"), group);
}

}  // namespace
}  // namespace nbasync
