#include "config/yaml_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nbasync::yaml_reader_test {
namespace {

using ::testing::HasSubstr;

std::string complaint(const std::string& text) {
  try {
    parse_yaml(text, "f");
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Errc::kBadConfiguration);
    return error.what();
  }
  return "accepted";
}

std::string repeat(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

TEST(YamlReaderTest, KeepsTextsAndPlaces) {
  const auto root = parse_yaml("a: 1\nb:\n  - 'x'\n  - ~\n  - {c: \"\"}\n", "f");
  const auto& members = root.members;
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].key, "a");
  EXPECT_EQ(members[0].value.text, "1");
  EXPECT_FALSE(members[0].value.quoted);
  EXPECT_EQ(members[0].value.mark.line, 1);
  EXPECT_EQ(members[0].value.mark.column, 4);
  const auto& items = members[1].value.items;
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].text, "x");
  EXPECT_TRUE(items[0].quoted);
  EXPECT_EQ(items[0].mark.line, 3);
  EXPECT_EQ(items[1].kind, YamlNode::Kind::kNull);
  EXPECT_EQ(items[2].kind, YamlNode::Kind::kMap);
  EXPECT_EQ(items[2].members.at(0).value.kind, YamlNode::Kind::kScalar);
  EXPECT_EQ(*items[2].mark.file, "f");
}

TEST(YamlReaderTest, SyntaxErrorsNameTheirPlace) {
  EXPECT_THAT(complaint("a: 1\nb: [1, 2\n"), HasSubstr("f:2:1: bad YAML: "));
  EXPECT_THAT(complaint("a: 'x\n"), HasSubstr("bad YAML"));
  EXPECT_THAT(complaint("a: \"x\nb: 2\n"), HasSubstr("bad YAML"));
  EXPECT_THAT(complaint("a: 1\n\tb: 2\n"), HasSubstr("f:2:"));
  EXPECT_THAT(complaint("a: b: c\n"), HasSubstr("f:1:5: bad YAML"));
  EXPECT_THAT(complaint("a: @x\n"), HasSubstr("bad YAML"));
  EXPECT_THAT(complaint("%YAML 9.9\n---\na: 1\n"), HasSubstr("bad YAML"));
}

TEST(YamlReaderTest, WhatAConfigurationDoesNotNeedIsRefused) {
  EXPECT_THAT(complaint("a: &x 1\n"), HasSubstr("f:1:4: anchors"));
  EXPECT_THAT(complaint("a: *x\n"), HasSubstr("f:1:4: "));
  EXPECT_THAT(complaint("a: !!str 1\n"), HasSubstr("tags"));
  EXPECT_THAT(complaint("? [a]\n: 1\n"), HasSubstr("not a plain word"));
  EXPECT_THAT(complaint("~: 1\n"), HasSubstr("not a plain word"));
  EXPECT_THAT(complaint("a: 1\n---\nb: 2\n"), HasSubstr("second document"));
}

TEST(YamlReaderTest, BinaryDataIsRefused) {
  EXPECT_THAT(complaint("a: 1\nb: x\xFFy\n"), HasSubstr("f:2:5: this byte is not UTF-8"));
  EXPECT_THAT(complaint(std::string("a: \0\n", 5)), HasSubstr("f:1:4: "));
  EXPECT_THAT(complaint("a: \x1B[0m\n"), HasSubstr("f:1:4: "));
  EXPECT_THAT(complaint("a: \xC3"), HasSubstr("f:1:4: "));
  EXPECT_THAT(complaint("\x7F"
                        "ELF\x02\x01\x01"),
              HasSubstr("f:1:1: "));
  EXPECT_EQ(complaint("a: Gr\xC3\xBC\xC3\x9F"
                      "e \xF0\x9F\x8F\x80\n"),
            "accepted");
}

TEST(YamlReaderTest, BombsAreRefusedQuickly) {
  EXPECT_THAT(complaint(std::string(2 << 20, ' ')), HasSubstr("over 1 MiB"));
  EXPECT_NE(complaint(repeat("[", 1'000'000)), "accepted");
  EXPECT_NE(complaint(repeat("{a: ", 250'000)), "accepted");
  EXPECT_NE(complaint(repeat("- ", 500'000)), "accepted");
  EXPECT_NE(complaint(repeat("? ", 500'000)), "accepted");
  std::string laughs = "a: &a [x, x]\n";
  for (char c = 'b'; c < 'z'; ++c) {
    laughs += std::string(1, c) + ": &" + c + " [*" + char(c - 1) + ", *" + char(c - 1) + "]\n";
  }
  EXPECT_THAT(complaint(laughs), HasSubstr("anchors"));
  std::string keys;
  for (int i = 0; i < 100'000; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  EXPECT_THAT(complaint(keys), HasSubstr("too many keys"));
}

TEST(YamlReaderTest, AnyBeginningOfAFileEndsInATreeOrAnError) {
  const std::string text =
      "season: auto\ndatabase: {path: \"/a b\", readers: 4}\n"
      "list:\n  - a: [1, 'two', \"\\u00e9\"]\n  - |\n    text\n";
  for (std::size_t size = 0; size <= text.size(); ++size) complaint(text.substr(0, size));
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char c : {'\0', '\t', '"', '\'', '{', '[', ':', '-', '?', '&', '\x80', '\xFF'}) {
      auto broken = text;
      broken[at] = c;
      complaint(broken);
    }
  }
  EXPECT_EQ(complaint(text), "accepted");
}

}  // namespace
}  // namespace nbasync::yaml_reader_test
