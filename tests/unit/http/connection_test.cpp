#include "http/connection.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <algorithm>
#include <vector>

#include "base/unique_fd.hpp"
#include "support/fake_clock.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

// Connections that wait for their first request; those with one need a server, see server_test.
class HttpConnectionsTest : public ::testing::Test {
 protected:
  struct Client {
    UniqueFd theirs;
    UniqueFd ours;
    HttpConnection* connection = nullptr;

    bool was_let_go() const {
      char byte = 0;
      return ::recv(theirs.get(), &byte, 1, MSG_DONTWAIT) == 0;
    }
  };

  static Peer peer(uid_t uid) {
    Peer peer;
    peer.local = true;
    peer.uid = uid;
    return peer;
  }

  Client& connect(uid_t uid = 1) {
    int ends[2];
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    auto& client = clients_.emplace_back(Client{UniqueFd(ends[0]), UniqueFd(ends[1]), nullptr});
    client.connection = &connections_.open(ends[1], peer(uid));
    return client;
  }
  void connect_many(std::size_t count, uid_t uid) {
    for (std::size_t i = 0; i < count; ++i) connect(uid);
  }
  void pass(Duration time) {
    clock_.advance(time);
    wheel_.advance(to_tick(clock_.steady()));
  }
  std::size_t let_go() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(clients_, [](const auto& each) { return each.was_let_go(); }));
  }

  testing::FakeClock clock_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  HttpContext context_{wheel_, clock_, {}, [] {}};
  std::vector<Client> clients_;
  HttpConnections connections_{context_};
};

TEST_F(HttpConnectionsTest, WhoSendsNothingIsLetGoAfterTenSeconds) {
  connect();
  pass(Duration(9'999));
  EXPECT_EQ(let_go(), 0U);
  pass(Duration(1));
  EXPECT_EQ(let_go(), 1U);
}

TEST_F(HttpConnectionsTest, LongestIdleOneMakesRoomInACrowd) {
  connect();
  pass(Duration(1));
  connect_many(HttpConnections::kCrowded / 2 - 1, 1);
  connect_many(HttpConnections::kCrowded / 2, 2);
  EXPECT_EQ(let_go(), 0U);
  connect(3);
  EXPECT_EQ(let_go(), 1U);
  EXPECT_TRUE(clients_.front().was_let_go());
  connect(3);
  EXPECT_EQ(let_go(), 2U);
}

TEST_F(HttpConnectionsTest, PeerWithTooManyMakesRoomByItsOwn) {
  connect(1);
  pass(Duration(1));
  connect_many(HttpConnections::kLimits.each, 2);
  EXPECT_EQ(let_go(), 0U);
  connect(2);
  EXPECT_EQ(let_go(), 1U);
  EXPECT_FALSE(clients_.front().was_let_go()) << "the other's, though it is older";
  EXPECT_TRUE(clients_[1].was_let_go());
}

TEST_F(HttpConnectionsTest, OneThatHasGoneIsForgotten) {
  auto& client = connect();
  EXPECT_FALSE(connections_.empty());
  connections_.close(*client.connection);
  EXPECT_TRUE(connections_.empty());
}

TEST_F(HttpConnectionsTest, AtTheEndIdleOnesAreLetGo) {
  connect_many(3, 1);
  connections_.refuse_held();  // none is
  EXPECT_EQ(let_go(), 0U);
  connections_.let_go_of_idle();
  EXPECT_EQ(let_go(), 3U);
}

}  // namespace
}  // namespace nbasync
