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

// The status, 0 for "may".
int change(const Authorization& rules, const Peer& peer, const std::string& header = {}) {
  HttpRequest request;
  request.peer = peer;
  if (!header.empty()) request.headers["authorization"] = header;
  const auto refusal = rules.refuse(Access::kChange, request);
  return refusal ? refusal->status : 0;
}

const Authorization kWithToken({"s3cret", {kGroup, kDaemon}});
const Authorization kWithoutToken({"", {kGroup, kDaemon}});

TEST(AuthorizationTest, EverybodyMayRead) {
  HttpRequest request;
  for (const auto& peer : {local(1000), remote(), Peer{}}) {
    request.peer = peer;
    EXPECT_FALSE(kWithToken.refuse(Access::kRead, request));
    EXPECT_FALSE(kWithoutToken.refuse(Access::kRead, request));
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
  EXPECT_THAT(kWithoutToken.refuse(Access::kChange, request)->body,
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
  auto reply = *kWithToken.refuse(Access::kChange, request);
  EXPECT_EQ(reply.headers.front().first, "WWW-Authenticate");
  EXPECT_EQ(reply.headers.front().second, R"(Bearer realm="nbasync")");
  request.headers["authorization"] = "Bearer wrong";
  reply = *kWithToken.refuse(Access::kChange, request);
  EXPECT_THAT(reply.headers.front().second, HasSubstr("invalid_token"));
}

TEST(AuthorizationTest, NothingIsTheSameAsNoSecret) {
  EXPECT_FALSE(is_same_secret("", ""));
  EXPECT_FALSE(is_same_secret("a", ""));
  EXPECT_TRUE(is_same_secret("a", "a"));
}

}  // namespace
}  // namespace nbasync
