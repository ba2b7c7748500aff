#include <netinet/in.h>
#include <sys/socket.h>

#include "base/format.hpp"
#include "base/unique_fd.hpp"
#include "curl_fetcher_fixture.hpp"

// What the fetcher makes of everything that can go wrong, one fault a case.
namespace nbasync {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

struct FaultCase {
  const char* name;
  const char* fault;
  Errc code;
  std::size_t requests;  // that arrive in all
  const char* says;
};

class CurlFetcherFaultTest : public CurlFetcherTest,
                             public ::testing::WithParamInterface<FaultCase> {};

TEST_P(CurlFetcherFaultTest, IsNamedAndSurvived) {
  const FaultCase& given = GetParam();
  const Error error = failure_with(given.fault);
  EXPECT_EQ(error.code(), given.code) << error.what();
  EXPECT_THAT(error.what(), StartsWith("teams: " + upstream_.address() + " "));
  EXPECT_THAT(error.what(), HasSubstr(given.says));
  EXPECT_EQ(upstream_.count(), given.requests);
  upstream_.clear_faults();
  EXPECT_EQ(get().body, kBody) << "the next get must be well again";
}

INSTANTIATE_TEST_SUITE_P(
    Faults, CurlFetcherFaultTest,
    ::testing::Values(
        FaultCase{"ResetIsRetried", "reset", Errc::kUpstreamUnreachable, 3, "broke off"},
        FaultCase{"CloseIsRetried", "close", Errc::kUpstreamUnreachable, 3, "(3 tries)"},
        FaultCase{"TruncatedIsRetried", "truncated", Errc::kUpstreamUnreachable, 3,
                  "with 1000 bytes "},  // remaining to read, or missing, by curl's version
        FaultCase{"ServerErrorIsRetried", "status=503", Errc::kUpstreamStatus, 3,
                  "answered with status 503: \"{"},
        FaultCase{"NotFoundIsNot", "status=404", Errc::kUpstreamStatus, 1, "status 404"},
        FaultCase{"ForbiddenNamesTheBlock", "html=403", Errc::kUpstreamBlocked, 1,
                  "; the address may be blocked"},
        FaultCase{"HtmlNamesTheBlock", "html", Errc::kUpstreamMalformed, 1,
                  "gave HTML, not JSON; the address may be blocked"},
        FaultCase{"Empty", "empty", Errc::kUpstreamEmpty, 1, "gave an empty body"},
        FaultCase{"NoContent", "no-content", Errc::kUpstreamEmpty, 1, "gave an empty body"},
        FaultCase{"NoHttp", "garbage", Errc::kUpstreamMalformed, 1, "HTTP/0.9"},
        FaultCase{"NoObject", "body=System.NullReferenceException", Errc::kUpstreamMalformed, 1,
                  "gave \"System.NullReferenceException\", not a JSON object"},
        FaultCase{"BadGzip", "bad-gzip", Errc::kUpstreamMalformed, 1, "gave no readable answer"},
        FaultCase{"LargeBody", "large=33", Errc::kUpstreamMalformed, 1, "more than 33554432 bytes"},
        FaultCase{"GzipBomb", "gzip-bomb", Errc::kUpstreamMalformed, 1, "more than 33554432 bytes"},
        FaultCase{"HeaderFlood", "header-flood", Errc::kUpstreamMalformed, 1,
                  "more than 65536 bytes of headers"},
        FaultCase{"InterimFlood", "interim-flood", Errc::kUpstreamMalformed, 1,
                  "more than 65536 bytes of headers"},
        FaultCase{"RedirectLoop", "redirect-loop", Errc::kUpstreamStatus, 4,
                  "redirected more than 3 times"},
        FaultCase{"RedirectToAFile", "redirect=file:///etc/passwd", Errc::kUpstreamStatus, 1,
                  "not http or https"},
        FaultCase{"RedirectToFtp", "redirect=ftp://127.0.0.1/x", Errc::kUpstreamStatus, 1,
                  "not http or https"}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST_F(CurlFetcherTest, SucceedsAfterFailedTries) {
  for (const auto* fault : {"reset*2", "truncated*2", "status=500*2", "status=429*2"}) {
    upstream_.set_fault("teams", fault);
    const Response response = get();
    EXPECT_EQ(response.body, kBody);
    EXPECT_EQ(response.tries, 3U) << fault;
  }
}

TEST_F(CurlFetcherTest, AHangEndsWithTheTimeout) {
  options_.timeout = milliseconds{100};
  options_.retries = 2;
  const Error error = failure_with("hang");
  EXPECT_EQ(error.code(), Errc::kUpstreamTimeout);
  EXPECT_EQ(error.what(), "teams: " + upstream_.address() +
                              " did not answer within 0.1 s (2 tries); the address may be blocked");
  EXPECT_EQ(upstream_.count(), 2U);
}

TEST_F(CurlFetcherTest, ASlowDripEndsWithTheTimeout) {
  options_.timeout = milliseconds{100};
  options_.retries = 1;
  const Error error = failure_with("drip=20");
  EXPECT_EQ(error.code(), Errc::kUpstreamTimeout);
  EXPECT_THAT(error.what(), HasSubstr("did not finish its answer within 0.1 s"));
}

TEST_F(CurlFetcherTest, ASlowDripEndsEarlierWithTheLowSpeedLimit) {
  options_.low_speed_time = seconds{1};
  options_.retries = 1;
  const Error error = failure_with("drip=100");
  EXPECT_EQ(error.code(), Errc::kUpstreamTimeout);
  EXPECT_THAT(error.what(), HasSubstr("answered too slowly"));
}

TEST_F(CurlFetcherTest, NobodyListeningIsSaidSo) {
  std::string address;
  {
    const testing::StandIn gone;
    address = gone.address();
  }
  options_.stats_url = "http://" + address;
  const Error error = failure();
  EXPECT_EQ(error.code(), Errc::kUpstreamUnreachable);
  EXPECT_THAT(error.what(), AllOf(StartsWith("teams: " + address + " could not be reached: "),
                                  HasSubstr("(3 tries)")));
}

TEST_F(CurlFetcherTest, AnUnknownNameIsSaidSo) {
  options_.stats_url = "http://nowhere.invalid/stats";
  options_.retries = 1;
  const Error error = failure();
  EXPECT_EQ(error.code(), Errc::kUpstreamUnreachable);
  EXPECT_THAT(error.what(), StartsWith("teams: nowhere.invalid could not be reached: "));
}

// A listener whose queue is full lets further connections hang.
TEST_F(CurlFetcherTest, AConnectionThatHangsEndsWithTheConnectTimeout) {
  const UniqueFd listener(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(::bind(listener.get(), generic, size), 0);
  ASSERT_EQ(::listen(listener.get(), 0), 0);
  ASSERT_EQ(::getsockname(listener.get(), generic, &size), 0);
  const UniqueFd filler(::socket(AF_INET, SOCK_STREAM, 0));
  ASSERT_EQ(::connect(filler.get(), generic, size), 0);

  options_.stats_url = format("http://127.0.0.1:{}", ntohs(address.sin_port));
  options_.connect_timeout = milliseconds{100};
  options_.retries = 1;
  const Error error = failure();
  EXPECT_EQ(error.code(), Errc::kUpstreamTimeout);
  EXPECT_THAT(error.what(), HasSubstr("took no connection within 0.1 s; the address may be"));
}

}  // namespace
}  // namespace nbasync
