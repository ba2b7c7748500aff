#include <gmock/gmock.h>

#include "integration/daemon/control_fixture.hpp"
#include "support/nginx.hpp"

namespace nbasync::testing {
namespace {

using ::testing::HasSubstr;

// The daemon behind a real nginx that is told nothing but where it is.
class ProxyTest : public ControlFixture {
 protected:
  void SetUp() override {
    if (!Nginx::is_there()) GTEST_SKIP() << "no nginx here";
    start_daemon();
  }
};

TEST_F(ProxyTest, EventsComeThroughAsTheyHappen) {
  const Nginx nginx(socket_);
  auto listener = RawConnection::to_socket(nginx.front());
  ASSERT_TRUE(listener.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_THAT(listener.read_until("retry:", std::chrono::seconds(5)), HasSubstr("retry:"))
      << "the first words come at once";
  ASSERT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
  EXPECT_THAT(listener.read_until("event: finished", std::chrono::seconds(5)),
              HasSubstr("event: finished"));
}

TEST_F(ProxyTest, CurlUnpacksWhatIsPacked) {
  ASSERT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
  const auto plain = curl({"http://localhost/api/teams"});
  const Nginx nginx(socket_);
  Process packed({"curl", "-sS", "--compressed", "--max-time", "30", "-D", "-", "--unix-socket",
                  nginx.front(), "http://localhost/api/teams"});
  ASSERT_EQ(packed.wait(), 0) << packed.err();
  EXPECT_THAT(packed.out(), HasSubstr("Content-Encoding: gzip"));
  EXPECT_TRUE(packed.out().ends_with(plain));
}

TEST_F(ProxyTest, AnswersComeThrough) {
  const Nginx nginx(socket_);
  EXPECT_EQ(RawConnection::to_socket(nginx.front()).ask("GET", "/healthz").body, "ok\n");
  EXPECT_EQ(RawConnection::to_socket(nginx.front()).ask("GET", "/nothing").status, 404);
}

}  // namespace
}  // namespace nbasync::testing
