#include <gmock/gmock.h>
#include <stdlib.h>
#include <unistd.h>

#include "integration/daemon/control_fixture.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

// Who may what, from outside the daemon.
class ControlAccessTest : public ControlFixture {
 protected:
  // Asks as somebody else, by curl: the status.
  std::string as(const std::vector<std::string>& who, const std::string& headers = "X-None: 1") {
    std::filesystem::permissions(directory_.path(), std::filesystem::perms::all);
    std::filesystem::permissions(socket_, std::filesystem::perms::all);
    std::vector<std::string> words = {"setpriv"};
    words.insert(words.end(), who.begin(), who.end());
    const std::vector<std::string> curl = {"curl",
                                           "-sS",
                                           "-o",
                                           "/dev/null",
                                           "-w",
                                           "%{http_code}",
                                           "--max-time",
                                           "20",
                                           "--unix-socket",
                                           socket_.string(),
                                           "-H",
                                           headers,
                                           "-d",
                                           R"({"sync_type":"teams"})",
                                           "http://localhost/api/admin/sync"};
    words.insert(words.end(), curl.begin(), curl.end());
    Process process(words);
    EXPECT_EQ(process.wait(), 0) << process.err();
    return process.out();
  }

  static constexpr const char* kBody = R"({"sync_type":"teams"})";
};

TEST_F(ControlAccessTest, TcpReadsButChangesNothingWithoutAConfiguredToken) {
  listen_on_tcp("");
  start_daemon();
  EXPECT_EQ(over_tcp("GET", "/api/v1/status").status, 200);
  const auto refused = over_tcp("POST", "/api/admin/sync", "Authorization: Bearer x\r\n", kBody);
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body, HasSubstr("changes over TCP are off"));
  EXPECT_EQ(upstream_.count(), 0U);
  EXPECT_EQ(get("/api/v1/runs")["runs"].size(), 0U);
}

TEST_F(ControlAccessTest, TcpNeedsExactlyTheToken) {
  listen_on_tcp("the-token");
  start_daemon();
  const auto none = over_tcp("POST", "/api/admin/sync", "", kBody);
  EXPECT_EQ(none.status, 401);
  EXPECT_THAT(none.header("WWW-Authenticate"), HasSubstr("Bearer realm=\"nbasync\""));
  for (const auto* wrong : {"the-toke", "the-token2", "the-tokenthe-token", "THE-TOKEN", ""}) {
    const auto header = std::string("Authorization: Bearer ") + wrong + "\r\n";
    EXPECT_EQ(over_tcp("POST", "/api/admin/sync", header, kBody).status, 401) << wrong;
    EXPECT_EQ(over_tcp("DELETE", "/api/v1/runs/x", header).status, 401) << wrong;
    EXPECT_EQ(over_tcp("POST", "/api/v1/pause", header).status, 401) << wrong;
  }
  EXPECT_EQ(upstream_.count(), 0U);
  EXPECT_EQ(
      over_tcp("POST", "/api/admin/sync", "Authorization: Bearer the-token\r\n", kBody).status,
      200);
}

TEST_F(ControlAccessTest, SecretOfTheEnvironmentIsTheFallback) {
  ::setenv("ADMIN_SYNC_SECRET", "from-the-environment", 1);
  listen_on_tcp("");
  start_daemon();
  ::unsetenv("ADMIN_SYNC_SECRET");
  EXPECT_EQ(over_tcp("POST", "/api/admin/sync", "", kBody).status, 401);
  EXPECT_EQ(
      over_tcp("POST", "/api/admin/sync", "Authorization: Bearer from-the-environment\r\n", kBody)
          .status,
      200);
}

TEST_F(ControlAccessTest, StrangerOnTheSocketIsRefusedBeforeAnythingIsQueued) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
  start_daemon();
  EXPECT_EQ(as({"--reuid=65534", "--regid=65534", "--clear-groups"}), "403");
  EXPECT_EQ(upstream_.count(), 0U);
  EXPECT_EQ(get("/api/v1/runs")["runs"].size(), 0U);
  EXPECT_EQ(as({"--reuid=0"}), "200");
}

TEST_F(ControlAccessTest, StrangerWithTheTokenMay) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
  listen_on_tcp("the-token");
  start_daemon();
  const std::vector<std::string> stranger{"--reuid=65534", "--regid=65534", "--clear-groups"};
  EXPECT_EQ(as(stranger), "401");
  EXPECT_EQ(as(stranger, "Authorization: Bearer the-token"), "200");
}

TEST_F(ControlAccessTest, MissingTokenFileIsToldAtStart) {
  rewrite_control(", http: {token_file: /nonexistent/token}");
  const auto daemon = spawn_daemon();
  EXPECT_EQ(daemon->wait(), 78);
  EXPECT_THAT(daemon->err(), HasSubstr("control.http.token_file"));
}

TEST_F(ControlAccessTest, SocketHandedOverBySystemdIsServed) {
  auto socket = socket_.string();
  Process activate(
      {"systemd-socket-activate", "--listen=" + socket, NBASYNCD, "--config", config_.string()});
  if (!activate.wait_for("Listening on")) {
    GTEST_SKIP() << "no systemd-socket-activate here: " << activate.err();
  }
  EXPECT_EQ(ask("GET", "/healthz").status, 200) << activate.err();
  EXPECT_TRUE(activate.wait_for("taken over")) << activate.err();
}

}  // namespace
}  // namespace nbasync::testing
