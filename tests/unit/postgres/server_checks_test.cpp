#include "doctor/server_checks.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "postgres/postgres_connection.hpp"
#include "support/fake_clock.hpp"
#include "support/postgres_server.hpp"

namespace nbasync {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ServerChecksTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto* server = testing::PostgresServer::shared();
    if (server == nullptr) GTEST_SKIP() << testing::PostgresServer::kNotInstalled;
    url_ = server->url("public");
    clock_.set_wall(RealClock().wall());
  }

  // What is said of `check` by a server with these settings of its own.
  CheckAnswer look(const std::string& check, const std::string& settings = {}) const {
    PostgresConnection connection{PostgresAddress(url_ + settings)};
    const auto answers = check_server(connection, clock_, {});
    const auto found = std::ranges::find(answers, check, &CheckAnswer::check);
    return found == answers.end() ? CheckAnswer() : *found;
  }

  std::string url_;
  testing::FakeClock clock_;
};

TEST_F(ServerChecksTest, TheVersionIsTold) {
  EXPECT_THAT(look("server").text, StartsWith("PostgreSQL 1"));
  EXPECT_EQ(look("server").status, CheckStatus::kOk);
}

TEST_F(ServerChecksTest, WhatACrashWouldLoseIsAFinding) {
  EXPECT_EQ(look("server-durability").text, "off: fsync") << "the test's own server has none";
  EXPECT_EQ(look("server-durability", "%20-csynchronous_commit%3Doff").text,
            "off: fsync, synchronous_commit");
  EXPECT_EQ(look("server-durability").status, CheckStatus::kFinding);
}

TEST_F(ServerChecksTest, AClockThatIsNotThisHostsIsAFinding) {
  EXPECT_EQ(look("server-clock").status, CheckStatus::kOk);
  clock_.set_wall(RealClock().wall() - seconds(60));
  EXPECT_THAT(look("server-clock").text, HasSubstr("s ahead of this host's"));
  EXPECT_EQ(look("server-clock").status, CheckStatus::kFinding);
  clock_.set_wall(RealClock().wall() + seconds(60));
  EXPECT_THAT(look("server-clock").text, HasSubstr("s behind this host's"));
  EXPECT_EQ(look("server-clock").status, CheckStatus::kFinding);
}

TEST_F(ServerChecksTest, AServerThatCannotBeAskedIsAFinding) {
  PostgresConnection connection{PostgresAddress("postgresql://nobody@/none?host=/nowhere")};
  const auto answers = check_server(connection, clock_, {});
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].status, CheckStatus::kFinding);
  EXPECT_THAT(answers[0].text, HasSubstr("see that the server runs there"));
}

}  // namespace
}  // namespace nbasync
