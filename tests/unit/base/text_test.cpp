#include "base/text.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/error.hpp"

namespace nbasync {
namespace {

TEST(TextTest, ValuesThatAreNotOneWordAreQuoted) {
  EXPECT_EQ(in_quotes("teams"), "teams");
  EXPECT_EQ(in_quotes(""), "\"\"");
  EXPECT_EQ(in_quotes("two words"), "\"two words\"");
  EXPECT_EQ(in_quotes("a\nb"), "\"a\\x0ab\"") << "a value cannot begin a line of its own";
  EXPECT_EQ(in_quotes("a \"b\" c\\"), R"("a \"b\" c\\")");
}

TEST(TextTest, EscapesCannotReachTheTerminal) {
  EXPECT_EQ(printable("a\x1b[2Jb\nc\x7f"), "a\\x1b[2Jb\\x0ac\\x7f");
  EXPECT_EQ(printable("a\xC2\x9B"
                      "2Jb"),
            "a\\xc2\\x9b2Jb")
      << "C1";
  EXPECT_EQ(printable("é \xC2\xA0ü 漢 🏀"), "é \xC2\xA0ü 漢 🏀");
}

TEST(TextTest, WhatIsNoUtf8IsShownByteByByte) {
  EXPECT_EQ(printable("\x80 \xC1\x81 \xFF"), "\\x80 \\xc1\\x81 \\xff");
  EXPECT_EQ(printable("\xE2\x82"), "\\xe2\\x82") << "cut";
  EXPECT_EQ(printable("\xE0\x80\x80"), "\\xe0\\x80\\x80") << "overlong";
  EXPECT_EQ(printable("\xED\xA0\x80"), "\\xed\\xa0\\x80") << "surrogate";
  EXPECT_EQ(printable("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80") << "past the last one";
}

TEST(TextTest, AnExcerptIsShortAndCutBetweenCharacters) {
  EXPECT_EQ(excerpt(std::string(200, 'x')), std::string(200, 'x'));
  EXPECT_EQ(excerpt(std::string(201, 'x')), std::string(200, 'x') + "…");
  EXPECT_EQ(excerpt(std::string(199, 'x') + "é"), std::string(199, 'x') + "…");
  EXPECT_EQ(excerpt(std::string(20'000'000, '\x1b')).size(), 200 + std::string("…").size());
}

TEST(TextTest, AMessageIsBoundedAndPrintableWhateverItIsMadeOf) {
  const Error error(Errc::kInternal, "a\x1b" + std::string(20'000'000, 'x'));
  const std::string what = error.what();
  EXPECT_TRUE(what.starts_with("a\\x1bxxx"));
  EXPECT_EQ(what.size(), kLongestMessage + std::string("…").size());
}

}  // namespace
}  // namespace nbasync
