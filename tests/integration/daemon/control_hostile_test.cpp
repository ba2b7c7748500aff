#include <gmock/gmock.h>
#include <sys/resource.h>

#include <atomic>
#include <thread>

#include "integration/daemon/control_fixture.hpp"

namespace nbasync::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

// Clients that do what they should not: each gets its due, and the others notice nothing.
class ControlHostileTest : public ControlFixture {
 protected:
  // What a request's bytes are answered on a connection of their own.
  RawReply answer_to(const std::string& bytes) const {
    auto connection = connect();
    connection.send(bytes);
    return connection.read_reply(seconds(5));
  }
  void expect_served() const { EXPECT_EQ(ask("GET", "/healthz").status, 200); }
};

constexpr const char* kHost = "Host: x\r\n";

TEST_F(ControlHostileTest, MalformedRequestsAreRefused) {
  start_daemon();
  const std::string host = kHost;
  for (const auto& request : std::vector<std::string>{
           "GET /healthz HTTP/1.1\r\n\r\n",                     // no Host
           "GET /healthz%00 HTTP/1.1\r\n" + host + "\r\n",      //
           "GET /health%zz HTTP/1.1\r\n" + host + "\r\n",       //
           "GET /a/..%2fb HTTP/1.1\r\n" + host + "\r\n",        //
           "GET ftp://x/healthz HTTP/1.1\r\n" + host + "\r\n",  //
           "GET /healthz HTTP/1.1\r\n" + host + host + "\r\n",  //
           "POST /api/admin/sync HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\n{]",
           "POST /api/admin/sync HTTP/1.1\r\n" + host + "Content-Length: x\r\n\r\n{}"}) {
    EXPECT_EQ(answer_to(request).status, 400) << request;
  }
  expect_served();
}

TEST_F(ControlHostileTest, TargetMayBeInAbsoluteForm) {
  start_daemon();
  EXPECT_EQ(answer_to("GET http://x/healthz HTTP/1.1\r\n" + std::string(kHost) + "\r\n").status,
            200);
}

TEST_F(ControlHostileTest, GarbageIsNotAnsweredWithSuccess) {
  start_daemon();
  for (const auto& garbage : std::vector<std::string>{
           std::string(3000, '\0'), "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
           "GARBAGE\r\n\r\n", "GET\r\n\r\n", "GET /healthz\r\n\r\n",
           "GET /healthz HTTP/9.9\r\n\r\n",
           std::string("GET /api/v1/status\0 HTTP/1.1\r\nHost: x\r\n\r\n", 42),
           std::string(200'000, 'A'), "GET /" + std::string(100'000, 'a') + " HTTP/1.1\r\n\r\n",
           "GET /healthz HTTP/1.1\r\nHost: x\r\n" + std::string(100'000, 'b') + ": c\r\n\r\n"}) {
    auto connection = connect();
    connection.send(garbage);
    connection.end_sending();
    const auto text = connection.read_until("\r\n", seconds(15));
    EXPECT_EQ(text.find(" 200 "), std::string::npos) << garbage.substr(0, 40) << " => " << text;
    EXPECT_TRUE(connection.wait_for_close(seconds(15))) << garbage.substr(0, 40);
  }
  expect_served();
}

TEST_F(ControlHostileTest, TwoLengthsAreNoWayToSmuggleARequest) {
  start_daemon();
  const std::string hidden = "DELETE /api/v1/runs/x HTTP/1.1\r\nHost: x\r\n\r\n";
  for (const auto& headers : std::vector<std::string>{
           "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
           "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
           "Content-Length: 0\r\nContent-Length: 44\r\n",
           "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
           "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: gzip, chunked\r\n",
           "Content-Length: +4\r\n", "Content-Length: -1\r\n"}) {
    auto connection = connect();
    connection.send("POST /api/admin/sync HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n0\r\n\r\n" +
                    hidden);
    EXPECT_EQ(connection.read_reply(seconds(5)).status, 400) << headers;
    EXPECT_EQ(connection.read_reply(seconds(5)).status, 0) << headers << ": a second answer";
    EXPECT_TRUE(connection.wait_for_close(seconds(5))) << headers;
  }
  expect_served();
}

TEST_F(ControlHostileTest, BodiesAreLimitedTo64KiB) {
  start_daemon();
  const std::string fits = R"({"sync_type":"x"})" + std::string(64 * 1024 - 17, ' ');
  EXPECT_EQ(ask("POST", "/api/admin/sync", fits).status, 400) << "too large is something else";
  const auto refused = ask("POST", "/api/admin/sync", fits + " ");
  EXPECT_EQ(refused.status, 413);
  EXPECT_THAT(refused.body, HasSubstr("body-too-large"));
  auto chunked = connect();
  chunked.send("POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 70; ++i) chunked.send("400\r\n" + std::string(1024, ' ') + "\r\n");
  chunked.send("0\r\n\r\n");
  EXPECT_EQ(chunked.read_reply(seconds(5)).status, 413);
  EXPECT_EQ(answer_to("POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nContent-Length: "
                      "9999999999\r\n\r\n{")
                .status,
            413);
  expect_served();
}

TEST_F(ControlHostileTest, ChunkedBodyIsFine) {
  start_daemon();
  EXPECT_EQ(answer_to("POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                      "chunked\r\n\r\na\r\n{\"sync_typ\r\nb\r\ne\":\"teams\"}\r\n0\r\n\r\n")
                .status,
            200);
}

TEST_F(ControlHostileTest, HalfClosedConnectionIsAnswered) {
  start_daemon();
  auto connection = connect();
  connection.send("GET /api/teams HTTP/1.1\r\nHost: x\r\n\r\n");
  connection.end_sending();
  EXPECT_EQ(connection.read_reply(seconds(5)).status, 200);
  auto held = connect();
  held.send(
      "POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 21\r\n\r\n"
      R"({"sync_type":"teams"})");
  held.end_sending();
  EXPECT_EQ(held.read_reply(seconds(20)).status, 200);
}

TEST_F(ControlHostileTest, PipelinedRequestsAreAnsweredInOrder) {
  start_daemon();
  auto connection = connect();
  connection.send(
      "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /nope HTTP/1.1\r\nHost: x\r\n\r\n"
      "GET /api/teams HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(connection.read_reply(seconds(5)).status, 200);
  EXPECT_EQ(connection.read_reply(seconds(5)).status, 404);
  EXPECT_EQ(connection.read_reply(seconds(5)).status, 200);
}

TEST_F(ControlHostileTest, SlowLorisIsCutOffAtTheDeadline) {
  start_daemon();
  auto connection = connect();
  const auto begun = std::chrono::steady_clock::now();
  connection.send("GET /healthz HTTP/1.1\r\n");
  bool closed = false;
  for (int i = 0; i < 60 && !closed; ++i) {
    connection.send("X");
    closed = connection.wait_for_close(milliseconds(500));
  }
  EXPECT_TRUE(closed);
  const auto lasted = std::chrono::steady_clock::now() - begun;
  EXPECT_GE(lasted, seconds(9));
  EXPECT_LT(lasted, seconds(25));
  expect_served();
}

TEST_F(ControlHostileTest, ThousandIdleConnectionsKeepNobodyOut) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(4096, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);
  start_daemon();
  std::vector<RawConnection> idle;
  for (int i = 0; i < 1000; ++i) {
    idle.push_back(connect());
    if (i % 2 == 0) idle.back().send("GET /healthz HTTP/1.1\r\nHost:");
  }
  for (int i = 0; i < 20; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    expect_served();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, seconds(2));
  }
  EXPECT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
  EXPECT_EQ(client({"status"}), 0) << err_;
}

TEST_F(ControlHostileTest, CallerThatGoesAwayChangesNothing) {
  start_daemon();
  upstream_.set_fault("leaguestandingsv3", "hang");
  {
    auto leaver = connect();
    leaver.send(
        "POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 21\r\n\r\n"
        R"({"sync_type":"teams"})");
    ASSERT_TRUE(upstream_.wait_for_requests(2));
    auto other = connect();
    other.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
    other.read_until("retry");
  }
  upstream_.release();
  const auto run_id = get("/api/v1/status")["current_sync"].value("run_id", "");
  if (!run_id.empty()) ask("GET", "/api/v1/runs/" + run_id + "?wait=30s");
  EXPECT_EQ(get("/api/v1/runs")["runs"][0]["status"], "success");
  EXPECT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
}

TEST_F(ControlHostileTest, ReadersAreServedWhileAFullSyncWrites) {
  start_daemon();
  ASSERT_EQ(sync(R"({"sync_type":"full"})").status, 200);
  std::atomic<bool> done = false;
  std::atomic<int> asked = 0;
  std::atomic<int> failed = 0;
  std::atomic<int> late = 0;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 8; ++i) {
    readers.emplace_back([&, i] {
      auto connection = connect();
      static constexpr const char* kTargets[] = {"/api/v1/status", "/api/game-logs?limit=500",
                                                 "/api/teams", "/api/v1/runs"};
      while (!done) {
        ++asked;
        const auto begun = std::chrono::steady_clock::now();
        if (connection.ask("GET", kTargets[i % 4]).status != 200) ++failed;
        if (std::chrono::steady_clock::now() - begun > seconds(2)) ++late;
      }
    });
  }
  for (int i = 0; i < 5; ++i) {
    const auto reply = sync(R"({"sync_type":"full","force":true})");
    EXPECT_EQ(reply.status, 200) << reply.body;
  }
  done = true;
  readers.clear();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(late, 0);
  EXPECT_GT(asked, 50);
}

}  // namespace
}  // namespace nbasync::testing
