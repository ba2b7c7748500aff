#include "control/dispatcher.hpp"

#include <gmock/gmock.h>

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "control/json_reply.hpp"

namespace nbasync {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr uid_t kStranger = 1000;

// A table of its own. The handlers are never called: what would be given to them is what is looked
// at, in `run`.
class DispatcherTest : public ::testing::Test {
 protected:
  static Route row(std::string_view method, std::string_view path, Access access,
                   std::vector<Parameter> parameters = {}) {
    return {method, path, access, "Help.", {}, {}, std::move(parameters), nullptr};
  }

  // Answers with the path of the route that was found, its name and arguments.
  static void run(const Route& route, const Call& call) {
    if (route.path.path == "/fails") throw std::runtime_error("no secret of ours");
    if (route.path.path == "/refuses") throw Error(Errc::kUnknownRun, "no such thing");
    auto arguments = nlohmann::json::array();
    for (const auto& each : call.arguments) {
      if (const auto* text = std::get_if<std::string>(&each)) arguments.push_back(*text);
      if (const auto* number = std::get_if<unsigned>(&each)) arguments.push_back(*number);
      if (const auto* time = std::get_if<Duration>(&each)) arguments.push_back(time->count());
    }
    call.answer(json_reply(
        200,
        {{"path", route.path.path}, {"name", call.name}, {"arguments", std::move(arguments)}}));
  }

  const HttpReply& ask(const std::string& method, const std::string& path, HttpQuery query = {}) {
    request_.method = method;
    request_.path = path;
    request_.query = std::move(query);
    reply_.reset();
    dispatcher_.handle(request_, Listener::kSocket,
                       [this](HttpReply reply) { reply_ = std::move(reply); });
    if (!reply_) throw std::logic_error("no answer");
    return *reply_;
  }
  nlohmann::json json() const { return nlohmann::json::parse(reply_->body); }

  const std::vector<Route> routes_{
      row("GET", "/things", Access::kRead,
          {Parameter::limit("limit", 7, 9, "so many"), Parameter::text("like", "of this kind"),
           Parameter::duration("wait", std::chrono::hours{1}, "so long")}),
      row("POST", "/things", Access::kChange),
      row("GET", "/things/{name}", Access::kRead),
      row("DELETE", "/things/{name}", Access::kChange, {Parameter::date("since", "from then on")}),
      row("GET", "/fails", Access::kRead),
      row("GET", "/refuses", Access::kRead),
  };
  std::vector<int> answered_;
  Dispatcher dispatcher_{routes_, Authorization({"secret", {}}), {run, [this](int status) {
                                                                    answered_.push_back(status);
                                                                  }}};
  HttpRequest request_;
  std::optional<HttpReply> reply_;
};

TEST_F(DispatcherTest, EachRequestHasItsAnswer) {
  struct Row {
    std::string method;
    std::string path;
    HttpQuery query;
    std::string authorization;
    int status;
    std::string text;  // in the body
  };
  const std::string token = "Bearer secret";
  const std::vector<Row> rows = {
      {"GET", "/things", {}, "", 200, R"("arguments":[7,"",0])"},
      {"HEAD", "/things", {}, "", 200, R"("path":"/things")"},
      {"GET", "/things", {{"wait", "2s"}, {"limit", "9"}}, "", 200, R"("arguments":[9,"",2000])"},
      {"GET", "/things", {{"like", "a b"}, {"limit", ""}}, "", 200, R"("arguments":[7,"a b",0])"},
      {"GET", "/things/x", {}, "", 200, R"("name":"x")"},
      {"GET", "/thing", {}, "", 404, "there is nothing at /thing"},
      {"GET", "/things/x/y", {}, "", 404, "not-found"},
      {"PUT", "/things", {}, token, 405, "only GET, HEAD, POST"},
      {"HEAD", "/fail", {}, "", 404, "not-found"},
      {"GET", "/things", {{"limit", "10"}}, "", 400, "'limit': 10 is not within 1 and 9"},
      {"GET", "/things", {{"limits", "1"}}, "", 400, "did you mean 'limit'?"},
      {"GET", "/things", {{"like", "a"}, {"like", "a"}}, "", 400, "'like': is given twice"},
      {"GET", "/things", {{"wait", "2h"}}, "", 400, "at most 1h is possible"},
      {"GET", "/things/x", {{"a", "b"}}, "", 400, "there are none here"},
      {"POST", "/things", {}, "", 401, "access-denied"},
      {"POST", "/things", {}, "Bearer guess", 401, "not the one"},
      {"POST", "/things", {}, token, 200, R"("arguments":[])"},
      {"DELETE", "/things/x", {{"since", "2026-01-15"}}, token, 200, R"(["2026-01-15"])"},
      // Who may not is not told what else is wrong.
      {"DELETE", "/things/x", {{"since", "now"}}, "", 401, "access-denied"},
      {"DELETE", "/things/x", {{"since", "now"}}, token, 400, "'since': now is no date"},
      {"GET", "/refuses", {}, "", 404, "unknown-run"},
      {"GET", "/fails", {}, "", 500, "internal error; the log says more"},
  };
  std::vector<int> statuses;
  for (const auto& each : rows) {
    request_.headers.clear();
    if (!each.authorization.empty()) request_.headers["authorization"] = each.authorization;
    const auto& reply = ask(each.method, each.path, each.query);
    EXPECT_EQ(reply.status, each.status) << each.method << " " << each.path;
    EXPECT_THAT(reply.body, HasSubstr(each.text)) << each.method << " " << each.path;
    EXPECT_EQ(reply.content_type,
              each.status == 200 ? "application/json" : "application/problem+json");
    statuses.push_back(each.status);
  }
  EXPECT_EQ(answered_, statuses);
}

TEST_F(DispatcherTest, WhatIsNoErrorOfOursIsNotTold) {
  EXPECT_THAT(ask("GET", "/fails").body, ::testing::Not(HasSubstr("secret")));
}

TEST_F(DispatcherTest, WrongMethodNamesTheRightOnes) {
  ask("PUT", "/things/x");
  const std::pair<std::string, std::string> allow{"Allow", "GET, HEAD, DELETE"};
  EXPECT_THAT(reply_->headers, ElementsAre(allow));
}

TEST_F(DispatcherTest, PeerThatIsTrustedNeedsNoToken) {
  request_.peer.local = true;
  request_.peer.uid = 0;
  EXPECT_EQ(ask("POST", "/things").status, 200);
  request_.peer.uid = kStranger;
  EXPECT_EQ(ask("POST", "/things").status, 401);
}

TEST_F(DispatcherTest, AnswerMayComeLaterAndIsCountedThen) {
  Answer held;
  const Dispatcher dispatcher(routes_, Authorization({"", {}}),
                              {[&](const Route&, const Call& call) { held = call.answer; },
                               [this](int status) { answered_.push_back(status); }});
  request_.method = "GET";
  request_.path = "/things";
  dispatcher.handle(request_, Listener::kSocket,
                    [this](HttpReply reply) { reply_ = std::move(reply); });
  EXPECT_FALSE(reply_);
  EXPECT_TRUE(answered_.empty());
  held({202, {}, {}, {}, nullptr});
  EXPECT_EQ(reply_->status, 202);
  EXPECT_THAT(answered_, ElementsAre(202));
}

TEST_F(DispatcherTest, FaultsOfTheTransportAreProblemsToo) {
  const std::map<HttpFault, std::pair<int, std::string>> wanted = {
      {HttpFault::kMalformed, {400, "invalid-argument"}},
      {HttpFault::kTooLarge, {413, "body-too-large"}},
      {HttpFault::kCrowded, {503, "queue-full"}},
      {HttpFault::kStopping, {503, "shutting-down"}}};
  for (const auto& [fault, answer] : wanted) {
    reply_ = Dispatcher::refuse(fault, "why");
    EXPECT_EQ(reply_->status, answer.first);
    EXPECT_EQ(json()["code"], answer.second);
    EXPECT_EQ(json()["detail"], "why");
  }
}

}  // namespace
}  // namespace nbasync
