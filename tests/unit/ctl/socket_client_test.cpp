#include "ctl/transport/socket/socket_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "ctl/transport/socket/http_exchange.hpp"
#include "ctl/transport/socket/socket_error.hpp"
#include "support/control_stand_in.hpp"

// What only the socket has; what both back ends do is in tests/integration/ctl_client_test.cpp.

namespace nbasync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SocketClientTest : public ::testing::Test {
 protected:
  // What was thrown, and whether another way may be tried.
  struct Thrown {
    Errc code;
    std::string message;
    bool unusable;
  };

  template <typename Function>
  static Thrown thrown_by(Function function) {
    try {
      function();
    } catch (const ctl::SocketUnusable& error) {
      return {error.code(), error.what(), true};
    } catch (const Error& error) {
      return {error.code(), error.what(), false};
    }
    return {Errc::kInternal, "nothing was thrown", false};
  }

  ControlStandIn daemon;
  std::unique_ptr<ctl::Client> client = ctl::make_socket_client(daemon.path());
};

TEST_F(SocketClientTest, AbsentSocketMayBeReplacedByTheBus) {
  const auto thrown = thrown_by([] { ctl::make_socket_client("/nonexistent/x")->status(); });
  EXPECT_EQ(thrown.code, Errc::kDaemonUnreachable);
  EXPECT_THAT(thrown.message, HasSubstr("/nonexistent/x: No such file or directory"));
  EXPECT_TRUE(thrown.unusable);
}

TEST_F(SocketClientTest, ForbiddenSocketMayBeReplacedByTheBus) {
  const auto error = ctl::unusable("/run/x.sock", EACCES);
  EXPECT_EQ(error.code(), Errc::kAccessDenied);
  EXPECT_THAT(error.what(), HasSubstr("group nbasync"));
}

TEST_F(SocketClientTest, PathThatNoSocketCanHaveIsAUsageError) {
  for (const auto& path : {std::string(200, 'x'), std::string()}) {
    const auto thrown = thrown_by([&] { ctl::make_socket_client(path)->status(); });
    EXPECT_EQ(thrown.code, Errc::kInvalidArgument);
    EXPECT_FALSE(thrown.unusable);
  }
}

TEST_F(SocketClientTest, RefusedChangeMayBeAskedOnTheBus) {
  daemon.answer("POST /api/v1/pause",
                {403, R"({"code": "access-denied", "detail": "root or group nbasync only"})"});
  const auto thrown = thrown_by([&] { client->pause(); });
  EXPECT_EQ(thrown.code, Errc::kAccessDenied);
  EXPECT_EQ(thrown.message, "root or group nbasync only");
  EXPECT_TRUE(thrown.unusable);
}

TEST_F(SocketClientTest, MissingTokenMayBeAskedOnTheBus) {
  daemon.answer("POST /api/v1/pause", {401, "", "text/plain"});
  const auto thrown = thrown_by([&] { client->pause(); });
  EXPECT_EQ(thrown.code, Errc::kAccessDenied);
  EXPECT_TRUE(thrown.unusable);
}

TEST_F(SocketClientTest, AnswerThatIsNoProblemDocumentGetsACodeByItsStatus) {
  const std::vector<std::pair<int, Errc>> table = {{400, Errc::kInvalidArgument},
                                                   {404, Errc::kUnknownRun},
                                                   {500, Errc::kInternal},
                                                   {503, Errc::kShuttingDown}};
  for (const auto& [status, code] : table) {
    daemon.answer("GET /api/v1/status", {status, "<html>", "text/html"});
    const auto thrown = thrown_by([&] { client->status(); });
    EXPECT_EQ(thrown.code, code) << status;
    EXPECT_EQ(thrown.message, "the daemon answered HTTP " + std::to_string(status));
    EXPECT_FALSE(thrown.unusable);
  }
}

TEST_F(SocketClientTest, SentenceCannotSmuggleEscapesOntoTheTerminal) {
  daemon.answer("GET /api/v1/status",
                {400, json{{"code", "invalid-argument"}, {"detail", "a\x1b[2Jb"}}.dump()});
  EXPECT_EQ(thrown_by([&] { client->status(); }).message, "a\\x1b[2Jb");
}

TEST_F(SocketClientTest, ClosedConnectionIsALostDaemonAndNotTriedElsewhere) {
  daemon.answer("GET /api/v1/status", [](const auto&) { return std::nullopt; });
  const auto thrown = thrown_by([&] { client->status(); });
  EXPECT_EQ(thrown.code, Errc::kDaemonUnreachable);
  EXPECT_FALSE(thrown.unusable);
}

TEST_F(SocketClientTest, GarbageIsAnError) {
  daemon.answer("GET /api/v1/status", {200, "{\"a\":"});
  EXPECT_THAT(thrown_by([&] { client->status(); }).message, HasSubstr("no JSON"));
}

TEST_F(SocketClientTest, AnswersMayComeInChunks) {
  daemon.answer("GET /api/v1/status", {.body = R"({"version": "1.2.3"})", .chunked = true});
  EXPECT_EQ(client->version(), "1.2.3");
}

TEST_F(SocketClientTest, LargeAnswersArriveWhole) {
  const json runs(100'000, {{"run_id", "a run"}});
  daemon.answer("GET /api/v1/runs?limit=20", {.body = runs.dump()});
  EXPECT_EQ(*client->runs({}).json, runs);
}

TEST_F(SocketClientTest, SilenceEndsAtTheDeadline) {
  std::promise<void> over;
  daemon.answer("GET /slow", [end = over.get_future().share()](const auto&) {
    end.wait();
    return std::nullopt;
  });
  ctl::HttpExchange exchange(daemon.path(), {.target = "/slow"});
  const auto now = std::chrono::steady_clock::now();
  const auto thrown = thrown_by([&] { exchange.wait_until_complete(now); });
  over.set_value();
  EXPECT_EQ(thrown.code, Errc::kDaemonUnreachable);
  EXPECT_THAT(thrown.message, HasSubstr("in time"));
}

TEST_F(SocketClientTest, WhatPeopleWriteIsEncoded) {
  thrown_by([&] { client->explain("a b/?ü"); });
  thrown_by([&] { client->runs({.limit = 3, .sync_type = "a&b", .status = "failed"}); });
  thrown_by([&] { client->games("2026-01-15"); });
  const auto requests = daemon.requests();
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_EQ(requests[0].target, "/api/v1/schedules/a%20b%2F%3F%C3%BC");
  EXPECT_EQ(requests[1].target, "/api/v1/runs?limit=3&type=a%26b&status=failed");
  EXPECT_EQ(requests[2].target, "/api/games?date=2026-01-15");
}

TEST_F(SocketClientTest, LostStreamIsTakenUpWhereItWas) {
  daemon.answer("GET /api/v1/runs/r1", [&](const auto&) -> std::optional<ControlStandIn::Reply> {
    daemon.send_events("id: 41\nevent: started\ndata: {\"run_id\": \"r1\"}\n\n");
    daemon.drop_readers();
    if (!daemon.wait_for_readers(2)) return std::nullopt;
    daemon.send_events("id: 42\nevent: finished\ndata: {\"run_id\": \"r1\"}\n\n: and silence\n\n");
    return ControlStandIn::Reply{.body = R"({"run_id": "r1", "status": "success"})"};
  });
  client->listen();
  std::vector<std::string> names;
  const auto run = client->follow(
      {.run_id = "r1", .on_event = [&](const auto& event) { names.push_back(event.name); }});
  EXPECT_EQ(run->json->at("status"), "success");
  EXPECT_THAT(names, ElementsAre("started", "finished"));
  const auto requests = daemon.requests();
  EXPECT_THAT(requests.back().head, HasSubstr("Last-Event-ID: 41"));
}

TEST_F(SocketClientTest, RunThatHasNotEndedIsAskedForAgain) {
  std::atomic<int> asked = 0;
  daemon.answer("GET /api/v1/runs/r1?wait=30s", [&](const auto&) {
    const bool over = ++asked == 3;
    return ControlStandIn::Reply{.body = json{{"status", over ? "failed" : "started"}}.dump()};
  });
  EXPECT_EQ(client->follow({.run_id = "r1"})->json->at("status"), "failed");
  EXPECT_EQ(asked, 3);
}

// Behind a socket of systemd's the next daemon answers, where the one before was killed.
TEST_F(SocketClientTest, EndIsAskedForAgainAfterACut) {
  std::atomic<int> asked = 0;
  daemon.answer("GET /api/v1/runs/r1?wait=30s",
                [&](const auto&) -> std::optional<ControlStandIn::Reply> {
                  if (++asked == 1) return std::nullopt;
                  return ControlStandIn::Reply{.body = json{{"status", "interrupted"}}.dump()};
                });
  client->listen();  // and the feed stays: it tells nothing
  EXPECT_EQ(client->follow({.run_id = "r1"})->json->at("status"), "interrupted");
  EXPECT_EQ(asked, 2);
}

TEST_F(SocketClientTest, DaemonThatIsCrowdedIsAskedAgain) {
  std::atomic<int> asked = 0;
  daemon.answer("GET /api/v1/runs/r1?wait=30s", [&](const auto&) {
    if (++asked < 3) return ControlStandIn::Reply{.status = 503};
    return ControlStandIn::Reply{.body = json{{"status", "success"}}.dump()};
  });
  EXPECT_EQ(client->follow({.run_id = "r1"})->json->at("status"), "success");
}

// It waited in line: the log knows only of those that began.
TEST_F(SocketClientTest, RunThatTheNextDaemonDoesNotKnowWasInterrupted) {
  std::atomic<int> asked = 0;
  daemon.answer("GET /api/v1/runs/r1?wait=30s",
                [&](const auto&) -> std::optional<ControlStandIn::Reply> {
                  if (++asked == 1) return std::nullopt;
                  return ControlStandIn::Reply{.status = 404};
                });
  const auto thrown = thrown_by([&] { client->follow({.run_id = "r1"}); });
  EXPECT_EQ(thrown.code, Errc::kInterrupted);
  EXPECT_THAT(thrown.message, HasSubstr("before it began"));
}

TEST_F(SocketClientTest, WithoutAFeedTheStatusTellsWhatHappens) {
  daemon.answer("GET /api/v1/events", {.status = 503});
  std::atomic<int> asked = 0;
  daemon.answer("GET /api/v1/status", [&](const auto&) {
    const json current{{"run_id", "r1"}, {"sync_type", "full"}, {"step", "teams"}, {"percent", 20}};
    const json ended{{{"run_id", "r1"}, {"sync_type", "full"}, {"status", "success"}}};
    return ControlStandIn::Reply{
        .body = ++asked == 1 ? json{{"current_sync", current}}.dump()
                             : json{{"current_sync", nullptr}, {"recent_syncs", ended}}.dump()};
  });
  std::promise<void> over;
  daemon.answer("GET /api/v1/runs/r1?wait=30s", [end = over.get_future().share()](const auto&) {
    end.wait();
    return ControlStandIn::Reply{.body = json{{"status", "success"}}.dump()};
  });
  client->listen();
  std::vector<std::string> names;
  const auto on_event = [&](const auto& event) {
    names.push_back(event.name);
    if (event.name == "finished") over.set_value();
  };
  EXPECT_EQ(client->follow({.run_id = "r1", .on_event = on_event})->json->at("status"), "success");
  EXPECT_THAT(names, ElementsAre("started", "progress", "finished"));
}

TEST_F(SocketClientTest, DaemonThatGoesDuringAWaitIsNotReplacedByTheBus) {
  daemon.answer("GET /api/v1/runs/r1", [](const auto&) { return std::nullopt; });
  const auto thrown = thrown_by([&] { client->follow({.run_id = "r1"}); });
  EXPECT_EQ(thrown.code, Errc::kDaemonUnreachable);
  EXPECT_FALSE(thrown.unusable);
}

TEST_F(SocketClientTest, FollowingAllEndsWhenTheDaemonGoes) {
  client->listen();
  daemon.go();
  const auto thrown = thrown_by([&] { client->follow({.run_id = ""}); });
  EXPECT_EQ(thrown.code, Errc::kDaemonUnreachable);
  EXPECT_FALSE(thrown.unusable);
}

}  // namespace
}  // namespace nbasync::testing
