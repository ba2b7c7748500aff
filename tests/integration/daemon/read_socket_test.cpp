#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "integration/daemon/control_fixture.hpp"
#include "support/file_text.hpp"
#include "support/nginx.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

// The second socket, for proxies and dashboards.
class ReadSocketTest : public ControlFixture {
 protected:
  static unsigned mode_of(const std::filesystem::path& path) {
    struct stat there {};
    return ::stat(path.c_str(), &there) == 0 ? there.st_mode & 0777 : 0;
  }
  static RawReply ask_at(const std::filesystem::path& path, const std::string& method,
                         const std::string& target, const std::string& body = {}) {
    return RawConnection::to_socket(path.string()).ask(method, target, body);
  }
  // Puts other keys in force.
  void reload_with(const std::string& more) {
    std::ofstream(config_) << plain_;
    rewrite_control(more);
    EXPECT_EQ(ask("POST", "/api/v1/reload").status, 200);
  }
  // The daemon with the socket in place.
  void start_with_it() {
    rewrite_control(", read_socket: " + read_.string());
    start_daemon();
    ASSERT_TRUE(daemon_->wait_for("read socket made")) << daemon_->err();
  }
  void SetUp() override { plain_ = file_text(config_); }

  std::string plain_;
  std::filesystem::path read_ = directory_.path() / "read.sock";
};

TEST_F(ReadSocketTest, EverybodyReadsThereAndNobodyChanges) {
  start_with_it();
  EXPECT_EQ(mode_of(read_), 0666U);
  EXPECT_EQ(ask_at(read_, "GET", "/api/v1/status").status, 200);
  EXPECT_EQ(ask_at(read_, "GET", "/metrics").status, 200);
  EXPECT_EQ(ask_at(read_, "GET", "/").status, 200);
  for (const auto& [method, target] : std::vector<std::pair<std::string, std::string>>{
           {"POST", "/api/admin/sync"}, {"POST", "/api/v1/pause"}, {"DELETE", "/api/v1/runs/x"}}) {
    const auto refused = ask_at(read_, method, target, R"({"sync_type":"teams"})");
    EXPECT_EQ(refused.status, 403) << target;
    EXPECT_THAT(refused.body, HasSubstr("to change something, use " + socket_.string()));
  }
  EXPECT_EQ(upstream_.count(), 0U);
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(), 0);
  EXPECT_FALSE(std::filesystem::exists(read_));
}

TEST_F(ReadSocketTest, StaleOneIsReplacedAndAKilledDaemonsToo) {
  start_with_it();
  daemon_->signal(SIGKILL);
  daemon_->wait();
  ASSERT_TRUE(std::filesystem::exists(read_));
  start_daemon();
  ASSERT_TRUE(daemon_->wait_for("read socket made"));
  EXPECT_EQ(ask_at(read_, "GET", "/healthz").status, 200);
}

TEST_F(ReadSocketTest, ReloadMakesMovesAndRemovesIt) {
  start_daemon();
  reload_with(", read_socket: " + read_.string());
  ASSERT_TRUE(daemon_->wait_for("read socket made"));
  EXPECT_EQ(ask_at(read_, "GET", "/healthz").status, 200);
  reload_with(", read_socket: " + read_.string() + ", read_socket_mode: 0660");
  ASSERT_TRUE(daemon_->wait_for("read socket made", 2));
  EXPECT_EQ(mode_of(read_), 0660U);
  EXPECT_EQ(ask_at(read_, "GET", "/healthz").status, 200);
  const auto other = directory_.path() / "other.sock";
  reload_with(", read_socket: " + other.string());
  ASSERT_TRUE(daemon_->wait_for("read socket made", 3));
  EXPECT_EQ(ask_at(other, "GET", "/healthz").status, 200);
  EXPECT_FALSE(std::filesystem::exists(read_));
}

TEST_F(ReadSocketTest, NginxShowsTheDataAndCannotChangeThem) {
  if (!Nginx::is_there()) GTEST_SKIP() << "no nginx here";
  start_with_it();
  const Nginx nginx(read_);
  EXPECT_EQ(ask_at(nginx.front(), "GET", "/api/v1/status").status, 200);
  EXPECT_EQ(ask_at(nginx.front(), "POST", "/api/v1/pause").status, 403);
}

TEST_F(ReadSocketTest, SystemdHandsItOverByItsName) {
  Process activate({"systemd-socket-activate", "--listen=" + read_.string(),
                    "--listen=" + socket_.string(), "--fdname=read:nbasyncd.socket", NBASYNCD,
                    "--config", config_.string()});
  if (!activate.wait_for("Listening on", 2)) {
    GTEST_SKIP() << "no systemd-socket-activate here: " << activate.err();
  }
  EXPECT_EQ(ask_at(read_, "GET", "/healthz").status, 200) << activate.err();
  const auto refused = ask_at(read_, "POST", "/api/v1/pause");
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body, HasSubstr("use " + socket_.string()));
  EXPECT_EQ(ask("POST", "/api/v1/pause").status, 200);
}

TEST_F(ReadSocketTest, StrangerReads) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
  std::filesystem::permissions(directory_.path(), std::filesystem::perms::all);
  start_with_it();
  EXPECT_EQ(as_stranger({"curl", "-sS", "--max-time", "20", "--unix-socket", read_.string(),
                         "http://localhost/healthz"}),
            "ok\n");
}

// Who asks over TCP by which name.
class HostTest : public ControlFixture {
 protected:
  RawReply as_host(const std::string& host, const std::string& method, const std::string& target,
                   const std::string& headers = {}) const {
    auto connection = RawConnection::to_port(port_);
    connection.send(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers +
                    "Authorization: Bearer the-token\r\nContent-Length: 0\r\n\r\n");
    return connection.read_reply();
  }
};

TEST_F(HostTest, PageThatRebindsItsNameIsRefusedAndPrometheusIsNot) {
  listen_on_tcp("the-token", ", allowed_hosts: [nba.example.org]");
  start_daemon();
  const auto refused = as_host("evil.example:8080", "POST", "/api/v1/pause");
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.header("Content-Type"), HasSubstr("application/problem+json"));
  EXPECT_THAT(refused.body, HasSubstr("control.http.allowed_hosts"));
  EXPECT_EQ(as_host("evil.example", "GET", "/api/v1/status", "Sec-Fetch-Site: none\r\n").status,
            403);
  EXPECT_EQ(as_host("evil.example", "GET", "/metrics").status, 200);
  EXPECT_EQ(as_host("nba.example.org", "POST", "/api/v1/pause").status, 200);
  EXPECT_EQ(
      as_host("localhost", "POST", "/api/v1/pause", "Origin: https://evil.example\r\n").status,
      403);
}

}  // namespace
}  // namespace nbasync::testing
