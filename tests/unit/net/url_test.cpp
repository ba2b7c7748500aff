#include "net/url.hpp"

#include <gtest/gtest.h>

namespace nbasync {
namespace {

TEST(UrlTest, KeepsEmptyParametersAndWritesSpaceAsPlus) {
  const Request request{
      Host::kStats, "leaguestandingsv3", {{"SeasonType", "Regular Season"}, {"SeasonYear", ""}}};
  EXPECT_EQ(build_url("https://stats.nba.com/stats", request),
            "https://stats.nba.com/stats/leaguestandingsv3?SeasonType=Regular+Season&SeasonYear=");
}

TEST(UrlTest, EncodesWhatHasAMeaningInAQuery) {
  const Request request{Host::kStats, "x", {{"a", "1+1&b=2%20#/é"}}};
  EXPECT_EQ(build_url("http://h", request), "http://h/x?a=1%2B1%26b%3D2%2520%23%2F%C3%A9");
}

TEST(UrlTest, JoinsBaseAndPathWithOneSlash) {
  const Request request{Host::kCdn, "staticData/scheduleLeagueV2.json", {}};
  EXPECT_EQ(build_url("http://h/json//", request),
            "http://h/json/staticData/scheduleLeagueV2.json");
}

TEST(UrlTest, NamesTheHostWithAPortWhereOneIsGiven) {
  EXPECT_EQ(host_of("https://stats.nba.com/stats"), "stats.nba.com");
  EXPECT_EQ(host_of("http://127.0.0.1:8080/stats"), "127.0.0.1:8080");
  EXPECT_EQ(host_of("http://[::1]:8080"), "[::1]:8080");
  EXPECT_EQ(host_of("http://user:secret@host/x"), "host");
}

TEST(UrlTest, OfAUrlThatCannotBeReadNothingIsNamed) {
  for (const auto* url : {"http://user:pa/ss@host/", "http://user:pa?ss@host/",
                          "https://user:pass@host:99999/", "http://user:pass@host:x/"}) {
    EXPECT_FALSE(is_readable_url(url)) << url;
    EXPECT_EQ(host_of(url), "(a URL that cannot be read)") << url;
  }
  EXPECT_TRUE(is_readable_url("https://user:pa%2Fss@[::1]:8443/hook?a=1"));
}

TEST(UrlTest, ARedirectDoesNotLeaveHttps) {
  EXPECT_STREQ(redirect_protocols("https://stats.nba.com/stats"), "https");
  EXPECT_STREQ(redirect_protocols("http://127.0.0.1:8080/stats"), "http,https");
}

}  // namespace
}  // namespace nbasync
