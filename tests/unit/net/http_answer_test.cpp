#include "net/http_answer.hpp"

#include <gtest/gtest.h>

namespace nbasync {
namespace {

const SystemTime kNow = *parse_utc("2026-01-15T12:00:00Z");

HttpAnswer answer(long status, std::string type, std::string body) {
  HttpAnswer answer;
  answer.status = status;
  answer.content_type = std::move(type);
  answer.body = std::move(body);
  return answer;
}

std::optional<Failure> judged(const HttpAnswer& answer) {
  return judge(answer, FetcherOptions{}, kNow);
}

TEST(JudgeTest, AcceptsJsonUnderTheNamesThatUpstreamGivesIt) {
  for (const auto* type : {"application/json", "Application/JSON; charset=utf-8", "text/json",
                           "application/octet-stream", ""}) {
    EXPECT_FALSE(judged(answer(200, type, " \r\n{\"a\":1}"))) << type;
  }
}

TEST(JudgeTest, RefusesOtherTypes) {
  const auto failure = judged(answer(200, "text/plain", "{}"));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->code, Errc::kUpstreamMalformed);
  EXPECT_EQ(failure->what, "gave \"text/plain\", not JSON");
}

TEST(JudgeTest, TakesHtmlForABlock) {
  for (const auto& given : {answer(200, "text/html", "{}"), answer(200, "", "<html>")}) {
    const auto failure = judged(given);
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->code, Errc::kUpstreamMalformed);
    EXPECT_EQ(failure->hint, kBlockedHint);
    EXPECT_FALSE(failure->retry);
  }
}

TEST(JudgeTest, RefusesABodyThatIsNoObjectAndShowsItsBeginning) {
  const auto failure = judged(answer(200, "application/json", "\x01System.Web \"x\""));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->code, Errc::kUpstreamMalformed);
  EXPECT_EQ(failure->what, "gave \"\\x01System.Web \"x\"\", not a JSON object");
}

TEST(JudgeTest, TellsEmptyFromMalformed) {
  for (const auto& given :
       {answer(200, "text/html", ""), answer(200, "", " \n"), answer(204, "", "")}) {
    const auto failure = judged(given);
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->code, Errc::kUpstreamEmpty);
  }
}

TEST(JudgeTest, RetriesThrottlingAndTheHostsOwnTroubleOnly) {
  for (const long status : {429, 500, 502, 503, 504}) {
    const auto failure = judged(answer(status, "", "x"));
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->code, Errc::kUpstreamStatus);
    EXPECT_TRUE(failure->retry) << status;
    EXPECT_TRUE(failure->host_in_trouble) << status;
  }
  for (const long status : {301, 400, 401, 404, 410}) {
    const auto failure = judged(answer(status, "", "x"));
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->code, Errc::kUpstreamStatus);
    EXPECT_FALSE(failure->retry) << status;
    EXPECT_FALSE(failure->host_in_trouble) << status;
  }
}

TEST(JudgeTest, TakesForbiddenForABlock) {
  const auto failure = judged(answer(403, "text/html", "<html>"));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->code, Errc::kUpstreamBlocked);
  EXPECT_EQ(failure->hint, kBlockedHint);
  EXPECT_FALSE(failure->retry);
  EXPECT_TRUE(failure->host_in_trouble);
}

TEST(JudgeTest, HonoursRetryAfterOfThrottlingAndOutages) {
  for (const long status : {429, 503}) {
    auto given = answer(status, "", "");
    given.retry_after = "Thu, 15 Jan 2026 12:00:30 GMT";
    EXPECT_EQ(judged(given)->retry_after, std::chrono::seconds{30});
  }
  auto given = answer(404, "", "");
  given.retry_after = "30";
  EXPECT_EQ(judged(given)->retry_after, std::nullopt);
}

TEST(JudgeTest, TellsAHangFromAnAnswerThatDoesNotEnd) {
  HttpAnswer given;
  given.end = HttpAnswer::End::kTimeout;
  EXPECT_EQ(judged(given)->what, "did not answer within 30 s");
  given.status = 200;
  EXPECT_EQ(judged(given)->what, "did not finish its answer within 30 s");
  EXPECT_EQ(judged(given)->code, Errc::kUpstreamTimeout);
}

TEST(ToErrorTest, SaysWhatWhereWhyAndAHint) {
  HttpAnswer given;
  given.end = HttpAnswer::End::kTimeout;
  const Error error = to_error(*judged(given), "teamgamelogs", "stats.nba.com", 3);
  EXPECT_STREQ(error.what(),
               "teamgamelogs: stats.nba.com did not answer within 30 s (3 tries); the address may "
               "be blocked");
  EXPECT_EQ(error.code(), Errc::kUpstreamTimeout);
}

// RFC 9110: Last-Modified; RFC 9111: how long a cache has had it.
TEST(MadeAtTest, IsWhatTheAnswerTellsOfItsCopy) {
  const auto made = [](const char* modified, const char* date, const char* age) {
    HttpAnswer told;
    told.last_modified = modified;
    told.date = date;
    told.age = age;
    const auto at = made_at(told);
    return at ? format_utc(*at) : "";
  };
  constexpr auto* kDate = "Thu, 15 Jan 2026 12:00:00 GMT";
  EXPECT_EQ(made("Thu, 15 Jan 2026 11:00:00 GMT", kDate, "30"), "2026-01-15T11:00:00Z");
  EXPECT_EQ(made("", kDate, "90"), "2026-01-15T11:58:30Z");
  EXPECT_EQ(made("", kDate, ""), "2026-01-15T12:00:00Z");
  EXPECT_EQ(made("yesterday, perhaps", kDate, "-5"), "2026-01-15T12:00:00Z");
  EXPECT_EQ(made("", kDate, "12 s"), "2026-01-15T12:00:00Z");
  EXPECT_EQ(made("", kDate, "99999999999"), "2026-01-15T12:00:00Z");
  EXPECT_EQ(made("", "", "12"), "");
  EXPECT_EQ(made("", "soon", ""), "");
}

}  // namespace
}  // namespace nbasync
