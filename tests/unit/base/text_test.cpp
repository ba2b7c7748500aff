#include "base/text.hpp"

#include <gtest/gtest.h>

namespace nbasync {
namespace {

TEST(TextTest, ValuesThatAreNotOneWordAreQuoted) {
  EXPECT_EQ(in_quotes("teams"), "teams");
  EXPECT_EQ(in_quotes(""), "\"\"");
  EXPECT_EQ(in_quotes("two words"), "\"two words\"");
  EXPECT_EQ(in_quotes("a\nb"), "\"a\\x0ab\"") << "a value cannot begin a line of its own";
}

}  // namespace
}  // namespace nbasync
