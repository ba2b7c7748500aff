#include "control/problem.hpp"

#include <gmock/gmock.h>

#include <new>
#include <stdexcept>
#include <vector>

#include <nlohmann/json.hpp>

namespace nbasync {
namespace {

// What is answered when this is thrown as the answer is made.
template <typename Thrown>
HttpReply reply_to(const Thrown& thrown) {
  std::vector<HttpReply> replies;
  respond([&](HttpReply reply) { replies.push_back(std::move(reply)); },
          [&]() -> HttpReply { throw thrown; });
  EXPECT_EQ(replies.size(), 1U);
  return replies.front();
}

TEST(ProblemTest, HasTheFormOfTheStandardAndThePredecessorsKeys) {
  const auto reply = problem(Errc::kQueueFull, "100 wait already");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.content_type, "application/problem+json");
  EXPECT_EQ(nlohmann::json::parse(reply.body), (nlohmann::json{{"type", "about:blank"},
                                                               {"title", "Service Unavailable"},
                                                               {"status", 503},
                                                               {"detail", "100 wait already"},
                                                               {"success", false},
                                                               {"error", "100 wait already"},
                                                               {"code", "queue-full"}}));
  const std::pair<std::string, std::string> retry{"Retry-After", "5"};
  EXPECT_THAT(reply.headers, ::testing::ElementsAre(retry));
}

TEST(ProblemTest, WhatIsThrownAsAnAnswerIsMadeIsTheAnswer) {
  EXPECT_EQ(reply_to(Error(Errc::kUnknownRun, "no run x")).status, 404);
  for (const auto& reply :
       {reply_to(std::runtime_error("the path of a file")), reply_to(std::bad_alloc())}) {
    EXPECT_EQ(reply.status, 500);
    EXPECT_THAT(reply.body, ::testing::HasSubstr("internal error; the log says more"));
  }
}

TEST(ProblemTest, WhatIsMadeIsTheAnswer) {
  int status = 0;
  respond([&](const HttpReply& reply) { status = reply.status; },
          [] {
            return HttpReply{204, {}, {}, {}, nullptr};
          });
  EXPECT_EQ(status, 204);
}

}  // namespace
}  // namespace nbasync
