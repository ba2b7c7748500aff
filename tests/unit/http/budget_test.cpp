#include "http/budget.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <utility>

#include "http/peer.hpp"

namespace nbasync {
namespace {

TEST(BudgetTest, OnePeerHasItsPartAndTheOthersTheRest) {
  Budget budget({5, 3});
  Budget::Share one(budget, "a");
  Budget::Share other(budget, "b");
  EXPECT_TRUE(one.take(2));
  EXPECT_TRUE(one.take(1));
  EXPECT_FALSE(one.take(1)) << "more than one peer may have";
  EXPECT_FALSE(other.take(3)) << "more than there is";
  EXPECT_TRUE(other.take(2));
  EXPECT_EQ(budget.used(), 5U);
  EXPECT_FALSE(Budget::Share(budget, "c").take(1));
}

TEST(BudgetTest, SharesOfOnePeerCountTogetherAndComeBack) {
  Budget budget({5, 3});
  std::optional<Budget::Share> first;
  first.emplace(budget, "a");
  Budget::Share second(budget, "a");
  EXPECT_TRUE(first->take(3));
  EXPECT_FALSE(second.take(1));
  first.reset();
  EXPECT_EQ(budget.used(), 0U);
  EXPECT_TRUE(second.take(3));
  second.give_back();
  second.give_back();
  EXPECT_EQ(budget.used(), 0U);
}

TEST(BudgetTest, AccountIsAUserOrAnAddressWithoutItsPort) {
  Peer peer;
  EXPECT_EQ(account_of(peer), "");
  for (const auto& [address, account] :
       {std::pair{"127.0.0.1:5", "127.0.0.1"}, std::pair{"[::1]:80", "::/64"},
        std::pair{"[2001:db8:1:2:3:4:5:6]:80", "2001:db8:1:2::/64"},
        std::pair{"[::ffff:10.1.2.3]:80", "10.1.2.3"}}) {
    peer.address = address;
    EXPECT_EQ(account_of(peer), account);
  }
  peer.local = true;
  peer.uid = 1000;
  EXPECT_EQ(account_of(peer), "uid 1000");
}

}  // namespace
}  // namespace nbasync
