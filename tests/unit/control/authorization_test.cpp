#include "control/authorization.hpp"

#include <gmock/gmock.h>

namespace nbasync {
namespace {

using ::testing::HasSubstr;

constexpr gid_t kGroup = 990;
constexpr uid_t kDaemon = 991;

Peer local(uid_t uid, std::vector<gid_t> groups = {}) {
  Peer peer;
  peer.local = true;
  peer.uid = uid;
  peer.groups = std::move(groups);
  return peer;
}

Peer remote() {
  Peer peer;
  peer.address = "127.0.0.1:5";
  return peer;
}

Listener listener_of(const HttpRequest& request) {
  return request.peer.local ? Listener::kSocket : Listener::kTcp;
}

// The status, 0 for "may".
int change(const Authorization& rules, const Peer& peer, const std::string& header = {}) {
  HttpRequest request;
  request.peer = peer;
  if (!header.empty()) request.headers["authorization"] = header;
  const auto refusal = rules.refuse(Access::kChange, listener_of(request), request);
  return refusal ? refusal->status : 0;
}

const Authorization kWithToken({"s3cret", {kGroup, kDaemon}});
const Authorization kWithoutToken({"", {kGroup, kDaemon}});

TEST(AuthorizationTest, EverybodyMayRead) {
  HttpRequest request;
  for (const auto& peer : {local(1000), remote(), Peer{}}) {
    request.peer = peer;
    EXPECT_FALSE(kWithToken.refuse(Access::kRead, listener_of(request), request));
    EXPECT_FALSE(kWithoutToken.refuse(Access::kRead, listener_of(request), request));
  }
}

TEST(AuthorizationTest, RootTheGroupAndTheDaemonItselfMayChangeOverTheSocket) {
  EXPECT_EQ(change(kWithoutToken, local(0)), 0);
  EXPECT_EQ(change(kWithoutToken, local(kDaemon)), 0);
  EXPECT_EQ(change(kWithoutToken, local(1000, {1000, kGroup})), 0);
  EXPECT_EQ(change(kWithoutToken, local(1000, {1000, 27})), 403);
  EXPECT_EQ(change(Authorization({"", {std::nullopt, kDaemon}}), local(1000, {kGroup})), 403);
}

TEST(AuthorizationTest, OthersNeedTheToken) {
  EXPECT_EQ(change(kWithToken, local(1000)), 401);
  EXPECT_EQ(change(kWithToken, local(1000), "Bearer s3cret"), 0);
  EXPECT_EQ(change(kWithToken, remote()), 401);
  EXPECT_EQ(change(kWithToken, remote(), "Bearer s3cret"), 0);
  EXPECT_EQ(change(kWithToken, remote(), "bEARER   s3cret"), 0);
}

TEST(AuthorizationTest, NearlyTheTokenIsNotTheToken) {
  for (const auto* header : {"Bearer", "Bearer ", "Bearer s3cre", "Bearer s3crett",
                             "Bearer s3crets3cret", "Bearer S3CRET", "Bearer s3cret ",
                             "Basic s3cret", "s3cret", "Bearer\ts3cret", "BearerX s3cret"}) {
    EXPECT_EQ(change(kWithToken, remote(), header), 401) << header;
  }
}

TEST(AuthorizationTest, WithoutATokenChangesOverTcpAreOff) {
  EXPECT_EQ(change(kWithoutToken, remote()), 403);
  EXPECT_EQ(change(kWithoutToken, remote(), "Bearer "), 403);
  EXPECT_EQ(change(kWithoutToken, remote(), "Bearer x"), 403);
  HttpRequest request;
  request.peer = remote();
  EXPECT_THAT(kWithoutToken.refuse(Access::kChange, Listener::kTcp, request)->body,
              HasSubstr("changes over TCP are off"));
}

TEST(AuthorizationTest, UidOfAConnectionOverTcpMeansNothing) {
  Peer peer = remote();
  peer.uid = 0;
  EXPECT_EQ(change(kWithToken, peer), 401);
}

TEST(AuthorizationTest, ChallengeSaysWhatIsWanted) {
  HttpRequest request;
  request.peer = remote();
  auto reply = *kWithToken.refuse(Access::kChange, Listener::kTcp, request);
  EXPECT_EQ(reply.headers.front().first, "WWW-Authenticate");
  EXPECT_EQ(reply.headers.front().second, R"(Bearer realm="nbasync")");
  request.headers["authorization"] = "Bearer wrong";
  reply = *kWithToken.refuse(Access::kChange, Listener::kTcp, request);
  EXPECT_THAT(reply.headers.front().second, HasSubstr("invalid_token"));
}

TEST(AuthorizationTest, SocketForReadingNamesTheOneForChangesEvenToRoot) {
  const Authorization rules({"s3cret", {kGroup, kDaemon}, "/run/x.sock"});
  HttpRequest request;
  request.peer = local(0);
  request.headers["authorization"] = "Bearer s3cret";
  const auto refusal = rules.refuse(Access::kChange, Listener::kReadSocket, request);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->status, 403);
  EXPECT_THAT(refusal->body, HasSubstr("for reading only; to change something, use /run/x.sock"));
  EXPECT_FALSE(rules.refuse(Access::kRead, Listener::kReadSocket, request));
}

TEST(AuthorizationTest, ForeignHostIsRefusedOverTcpAlone) {
  HttpRequest request;
  request.peer = remote();
  request.headers = {{"host", "evil.example"}, {"authorization", "Bearer s3cret"}};
  const auto refusal = kWithToken.refuse(Access::kChange, Listener::kTcp, request);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->status, 403);
  EXPECT_THAT(refusal->body, HasSubstr("foreign-host"));
  EXPECT_FALSE(kWithToken.refuse(Access::kChange, Listener::kSocket, request));
}

TEST(AuthorizationTest, NothingIsTheSameAsNoSecret) {
  EXPECT_FALSE(is_same_secret("", ""));
  EXPECT_FALSE(is_same_secret("a", ""));
  EXPECT_TRUE(is_same_secret("a", "a"));
}

}  // namespace
}  // namespace nbasync
