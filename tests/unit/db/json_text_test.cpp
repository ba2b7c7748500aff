#include "db/json_text.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace nbasync {
namespace {

std::string string_of(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

std::string number_of(double number) {
  std::string json;
  append_json_number(json, number);
  return json;
}

TEST(JsonTextTest, WhatJsonReservesIsEscaped) {
  EXPECT_EQ(string_of("a\"b\\c/\n\x01\x7f"), "\"a\\\"b\\\\c/\\u000a\\u0001\x7f\"");
  EXPECT_EQ(string_of(std::string_view("a\0b", 3)), "\"a\\u0000b\"");
}

TEST(JsonTextTest, Utf8StaysAsItIs) { EXPECT_EQ(string_of("Dončić 🏀 €"), "\"Dončić 🏀 €\""); }

TEST(JsonTextTest, WhatIsNoUtf8IsReplacedByteForByte) {
  const std::string mark = "\xef\xbf\xbd";
  for (const auto* bad : {"\xff", "\x80", "\xc3", "\xc0\xaf"}) {
    std::string expected = "\"x";
    for (std::size_t i = 0; i < std::string_view(bad).size(); ++i) expected += mark;
    EXPECT_EQ(string_of("x" + std::string(bad) + "y"), expected + "y\"");
  }
  EXPECT_EQ(string_of("\xed\xa0\x80"), '"' + mark + mark + mark + '"') << "a surrogate";
  EXPECT_EQ(string_of("\xf4\x90\x80\x80"), '"' + mark + mark + mark + mark + '"');
  EXPECT_EQ(string_of("\xe2\x82"), '"' + mark + mark + '"') << "cut off";
}

TEST(JsonTextTest, NumbersAreTheShortestThatReadBackTheSame) {
  EXPECT_EQ(number_of(0.1), "0.1");
  EXPECT_EQ(number_of(48.0), "48");
  EXPECT_EQ(number_of(-1e300), "-1e+300");
  EXPECT_EQ(number_of(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(number_of(std::numeric_limits<double>::quiet_NaN()), "null");
}

}  // namespace
}  // namespace nbasync
