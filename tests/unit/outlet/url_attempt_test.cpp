#include <gmock/gmock.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "base/error.hpp"
#include "outlet/hook_attempt.hpp"
#include "protocol/names.hpp"
#include "support/stand_in.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {
namespace {

using End = HookAnswer::End;
using ::testing::HasSubstr;
using ::testing::Not;

class UrlAttemptTest : public ::testing::Test {
 protected:
  UrlAttemptTest() {
    receiver_.set_body("hook", "thank you");
    hook_.name = "site";
    hook_.url = "http://user:secret@" + receiver_.address() + "/stats/hook?key=1";
    hook_.timeout = std::chrono::seconds(10);
  }

  HookAnswer tell(const std::string& fault = "", std::stop_token stop = {}) {
    if (!fault.empty()) receiver_.set_fault("hook", fault);
    const auto answer = post_to_url(hook_, R"({"hook":"site"})", stop);
    EXPECT_THAT(answer.why, Not(HasSubstr("secret")));
    return answer;
  }

  StandIn receiver_;
  HookOptions hook_;
};

TEST_F(UrlAttemptTest, SendsTheTextAsJson) {
  EXPECT_EQ(tell().end, End::kTaken);
  const auto request = receiver_.requests().at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/stats/hook?key=1");
  EXPECT_EQ(request.body, R"({"hook":"site"})");
  EXPECT_EQ(request.headers.at("content-type"), "application/json");
  EXPECT_EQ(request.headers.at("user-agent"), std::string("nbasyncd/") + protocol::kVersion);
  EXPECT_EQ(request.headers.at("authorization"), "Basic dXNlcjpzZWNyZXQ=");
  EXPECT_FALSE(request.headers.contains("expect"));
  EXPECT_FALSE(request.headers.contains("origin")) << "it is no browser";
}

TEST_F(UrlAttemptTest, ATokenIsReadForEachTry) {
  const TemporaryDirectory folder;
  hook_.url = "http://" + receiver_.address() + "/stats/hook";
  hook_.token_file = folder.path() / "token";
  EXPECT_THROW(tell(), Error) << "there is no such file";
  std::ofstream(*hook_.token_file) << "one\n";
  EXPECT_EQ(tell().end, End::kTaken);
  std::ofstream(*hook_.token_file) << "two\n";
  EXPECT_EQ(tell().end, End::kTaken);
  EXPECT_EQ(receiver_.requests().at(0).headers.at("authorization"), "Bearer one");
  EXPECT_EQ(receiver_.requests().at(1).headers.at("authorization"), "Bearer two");
}

TEST_F(UrlAttemptTest, ATokenOfSeveralLinesIsNotSent) {
  const TemporaryDirectory folder;
  hook_.token_file = folder.path() / "token";
  std::ofstream(*hook_.token_file) << "one\nX-Other: two\n";
  EXPECT_THROW(tell(), Error);
  EXPECT_EQ(receiver_.count(), 0U);
}

TEST_F(UrlAttemptTest, AStatusCountsHoweverTheRestEnds) {
  hook_.timeout = std::chrono::seconds(1);
  for (const auto* fault : {"drip=10000", "truncated", "bad-gzip", "large=1"}) {
    EXPECT_EQ(tell(fault).end, End::kTaken) << fault;
  }
}

TEST_F(UrlAttemptTest, AnyStatusOf2xxIsASuccess) {
  EXPECT_EQ(tell("no-content").end, End::kTaken);
  EXPECT_EQ(tell("status=202").end, End::kTaken);
  EXPECT_EQ(tell("large=1").end, End::kTaken) << "whatever it says";
}

TEST_F(UrlAttemptTest, WhatMayPassIsWorthAnotherTry) {
  for (const auto* fault :
       {"status=500", "status=503", "status=408", "status=429", "reset", "close", "garbage"}) {
    EXPECT_EQ(tell(fault).end, End::kFailed) << fault;
  }
  EXPECT_THAT(tell("status=500").why, HasSubstr(receiver_.address() + " answers with status 500"));
  const auto wish = tell("retry-after=17");
  EXPECT_EQ(wish.end, End::kFailed);
  EXPECT_EQ(wish.retry_after, std::chrono::seconds(17));
  hook_.url = "http://127.0.0.1:1/";
  EXPECT_EQ(tell().end, End::kFailed) << "nobody is there";
}

TEST_F(UrlAttemptTest, OtherRefusalsAreNot) {
  for (const auto* fault : {"status=400", "status=401", "status=404", "status=410"}) {
    EXPECT_EQ(tell(fault).end, End::kRefused) << fault;
  }
}

TEST_F(UrlAttemptTest, RedirectsAreNotFollowed) {
  const auto answer = tell("redirect=http://" + receiver_.address() + "/stats/elsewhere");
  EXPECT_EQ(answer.end, End::kRefused);
  EXPECT_THAT(answer.why, HasSubstr("redirect (302), which is not followed"));
  EXPECT_EQ(receiver_.count(), 1U);
}

TEST_F(UrlAttemptTest, ASlowReceiverHasItsTime) {
  hook_.timeout = std::chrono::milliseconds(200);
  const auto answer = tell("hang");
  EXPECT_EQ(answer.end, End::kFailed);
  EXPECT_THAT(answer.why, HasSubstr("timed out"));
}

TEST_F(UrlAttemptTest, AStopBreaksItOff) {
  receiver_.set_fault("hook", "hang");
  std::stop_source stop;
  HookAnswer answer;
  std::jthread telling([&] { answer = tell("", stop.get_token()); });
  ASSERT_TRUE(receiver_.wait_for_requests(1));
  const auto begun = std::chrono::steady_clock::now();
  stop.request_stop();
  telling.join();
  EXPECT_EQ(answer.end, End::kFailed);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, hook_.timeout / 2);
}

}  // namespace
}  // namespace nbasync::testing
