#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include "integration/daemon/control_fixture.hpp"

namespace nbasync::testing {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;

// One door, or one peer, that takes all it can get: the others notice nothing.
class BudgetsTest : public ControlFixture {
 protected:
  void SetUp() override {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(4096, limit.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
  // A run that stands still.
  std::string held_run() {
    upstream_.set_fault("leaguestandingsv3", "hang");
    return start_sync("teams");
  }
  int over_socket(std::vector<std::string> words) {
    words.insert(words.begin(), NBASYNCCTL);
    words.insert(words.end(), {"--socket", socket_.string()});
    Process client(words);
    const auto status = client.wait();
    err_ = client.err();
    return status.value_or(-1);
  }
};

TEST_F(BudgetsTest, ThousandEventReadersOverTcpAreNothingToTheSocket) {
  listen_on_tcp("");
  start_daemon();
  std::vector<RawConnection> readers;
  for (int i = 0; i < 1000; ++i) {
    readers.push_back(RawConnection::to_port(port_));
    readers.back().send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  EXPECT_THAT(readers.front().read_until("retry:"), HasSubstr("200 OK"));
  EXPECT_EQ(over_socket({"sync", "teams"}), 0) << err_;
  EXPECT_EQ(over_socket({"status"}), 0) << err_;
  auto listener = connect();
  listener.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(listener.read_until("retry:"), HasSubstr("200 OK"));
}

TEST_F(BudgetsTest, PeerThatHoldsAllItMayIsToldSoAndAnotherIsServed) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
  start_daemon();
  const auto request = "GET /api/v1/runs/" + held_run() + "?wait=1h HTTP/1.1\r\nHost: x\r\n\r\n";
  std::vector<RawConnection> held;
  RawReply refused;
  while (refused.status == 0 && held.size() < 1000) {
    held.push_back(connect());
    held.back().send(request);
    if (held.size() > 120) refused = held.back().read_reply(std::chrono::milliseconds(300));
  }
  EXPECT_EQ(held.size(), 129U);
  EXPECT_EQ(refused.status, 503);
  EXPECT_THAT(refused.body, HasSubstr("queue-full"));
  std::filesystem::permissions(directory_.path(), std::filesystem::perms::all);
  std::filesystem::permissions(socket_, std::filesystem::perms::all);
  EXPECT_EQ(as_stranger({"curl", "-sS", "--max-time", "20", "--unix-socket", socket_.string(),
                         "http://localhost/healthz"}),
            "ok\n");
  held.clear();
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
}

TEST_F(BudgetsTest, BodiesOfOnePeerAreLimitedTogether) {
  listen_on_tcp("");
  start_daemon();
  const std::string most(65'000, ' ');
  const auto head = "POST /api/admin/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 65001\r\n\r\n";
  std::vector<RawConnection> senders;
  for (int i = 0; i < 16; ++i) {
    senders.push_back(connect());
    senders.back().send(head + most);
  }
  auto late = connect();
  late.send(head + most + " ");
  EXPECT_EQ(late.read_reply(seconds(5)).status, 503);
  auto elsewhere = RawConnection::to_port(port_);
  elsewhere.send(head + most + " ");
  EXPECT_EQ(elsewhere.read_reply(seconds(5)).status, 403) << "of another door: as ever";
  senders.front().send(" ");
  EXPECT_EQ(senders.front().read_reply(seconds(5)).status, 400);
  auto next = connect();
  next.send(head + most + " ");
  EXPECT_EQ(next.read_reply(seconds(5)).status, 400) << "there is room again";
}

}  // namespace
}  // namespace nbasync::testing
