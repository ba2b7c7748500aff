#include "control/host_check.hpp"

#include <gmock/gmock.h>

#include <map>
#include <string>

namespace nbasync {
namespace {

using ::testing::HasSubstr;

using Headers = std::map<std::string, std::string, std::less<>>;

std::string fault(Access access, const Headers& headers) {
  const HostCheck check({"Web1", "nba.example.org"});
  HttpRequest request;
  request.headers = headers;
  return check.fault_of(access, request).value_or("");
}

TEST(HostCheckTest, AddressesLocalhostAndOwnNamesAreRight) {
  for (const auto* host :
       {"127.0.0.1", "127.0.0.1:8080", "[::1]:8080", "[fe80::1]", "localhost", "LOCALHOST:8080",
        "page.localhost", "web1:8080", "WEB1.", "nba.example.org", "10.1.2.3"}) {
    EXPECT_EQ(fault(Access::kChange, {{"host", host}}), "") << host;
    EXPECT_EQ(fault(Access::kRead, {{"host", host}, {"sec-fetch-site", "none"}}), "") << host;
  }
  EXPECT_EQ(fault(Access::kChange, {}), "") << "no browser leaves it out";
}

TEST(HostCheckTest, ForeignHostChangesNothing) {
  for (const auto* host : {"evil.example", "evil.example:8080", "nba.example.org.evil.example",
                           "127.0.0.1.evil.example", "localhost.evil.example", "evillocalhost",
                           "[evil.example]", "web1x", "0x7f.1"}) {
    EXPECT_THAT(fault(Access::kChange, {{"host", host}}), HasSubstr("control.http.allowed_hosts"))
        << host;
  }
}

TEST(HostCheckTest, ForeignHostIsReadByProgramsAndNotByBrowsers) {
  const std::string host = "metrics.example";
  EXPECT_EQ(fault(Access::kRead, {{"host", host}, {"user-agent", "Prometheus/2.42.0"}}), "");
  for (const auto* header : {"origin", "sec-fetch-site", "sec-fetch-mode", "accept-language"}) {
    EXPECT_THAT(fault(Access::kRead, {{"host", host}, {header, "x"}}), HasSubstr(host)) << header;
  }
}

TEST(HostCheckTest, PageOfAForeignOriginChangesNothing) {
  const std::string host = "127.0.0.1:8080";
  for (const auto* origin : {"https://evil.example", "null", "http://evil.example:8080"}) {
    EXPECT_THAT(fault(Access::kChange, {{"host", host}, {"origin", origin}}), HasSubstr(origin));
    EXPECT_EQ(fault(Access::kRead, {{"host", host}, {"origin", origin}}), "")
        << "which it cannot see";
  }
  for (const auto* origin :
       {"http://127.0.0.1:8080", "http://localhost:8080", "https://nba.example.org"}) {
    EXPECT_EQ(fault(Access::kChange, {{"host", host}, {"origin", origin}}), "") << origin;
  }
}

}  // namespace
}  // namespace nbasync
