#include "http/request.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace nbasync {
namespace {

TEST(TargetTest, PathAndQueryAreTakenApartAndDecoded) {
  const auto target = parse_target("/api/v1/runs?limit=5&type=full%20x&a+b=c%2Bd&flag&&empty=");
  EXPECT_EQ(target.path, "/api/v1/runs");
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(
      target.query,
      (Pairs{{"limit", "5"}, {"type", "full x"}, {"a b", "c+d"}, {"flag", ""}, {"empty", ""}}));
}

TEST(TargetTest, PathIsDecodedButAPlusStaysOne) {
  EXPECT_EQ(parse_target("/a%62+c").path, "/ab+c");
  EXPECT_TRUE(parse_target("/a?").query.empty());
}

TEST(TargetTest, WhatCouldNameSomethingElseIsRefused) {
  for (const auto* text :
       {"", "api", "*", "http://", "http:///x", "ftp://host/x", "host:80", "/a%", "/a%4", "/a%zz",
        "/a%00b", "/a%0ab", "/a?x=%00", "/runs/..%2f..", "/a%5cb", "/a\tb", "/a?x=%1f", "/a%7f"}) {
    EXPECT_THROW(parse_target(text), Error) << text;
  }
}

TEST(TargetTest, AbsoluteFormNamesTheHostToo) {
  const auto target = parse_target("http://nba.example:8080/a/b?c=d");
  EXPECT_EQ(target.authority, "nba.example:8080");
  EXPECT_EQ(target.path, "/a/b");
  EXPECT_EQ(target.query.front().second, "d");
  EXPECT_EQ(parse_target("HTTPS://[::1]").path, "/");
  EXPECT_EQ(parse_target("HTTPS://[::1]").authority, "[::1]");
  EXPECT_EQ(parse_target("http://h?x=y").query.front().first, "x");
  EXPECT_EQ(parse_target("/a").authority, "");
}

TEST(TargetTest, SlashInAQueryIsJustText) {
  EXPECT_EQ(parse_target("/a?x=b%2Fc").query.front().second, "b/c");
}

}  // namespace
}  // namespace nbasync
