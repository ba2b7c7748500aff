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

TEST(TextTest, EscapesCannotReachTheTerminal) {
  EXPECT_EQ(printable("a\x1b[2Jb\nc\x7f"), "a [2Jb c ");
  EXPECT_EQ(printable("a\xC2\x9B"
                      "2Jb"),
            "a 2Jb");
  EXPECT_EQ(printable("é \xC2\xA0ü"), "é \xC2\xA0ü");
}

}  // namespace
}  // namespace nbasync
