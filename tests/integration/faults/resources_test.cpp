#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "integration/faults/fault_fixture.hpp"

// No descriptors, no memory, and a loop that stands still.

namespace nbasync::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

class ResourcesTest : public FaultFixture {
 protected:
  // The daemon's limit from now on.
  void limit(__rlimit_resource what, rlim_t to) const {
    rlimit both{};
    ASSERT_EQ(::prlimit(daemon_->pid(), what, nullptr, &both), 0);
    both.rlim_cur = std::min(to, both.rlim_max);
    ASSERT_EQ(::prlimit(daemon_->pid(), what, &both, nullptr), 0);
  }
  std::filesystem::path proc() const { return "/proc/" + std::to_string(daemon_->pid()); }
  // The lowest that is free.
  rlim_t descriptors() const {
    rlim_t number = 0;
    while (std::filesystem::exists(
        std::filesystem::symlink_status(proc() / "fd" / std::to_string(number)))) {
      ++number;
    }
    return number;
  }
  // Of address space.
  rlim_t bytes() const {
    std::ifstream status(proc() / "statm");
    rlim_t pages = 0;
    status >> pages;
    return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
  }
};

TEST_F(ResourcesTest, WithoutDescriptorsARunFailsAndAllIsWellAfterwards) {
  ASSERT_TRUE(start_ready());
  auto kept = connect();
  ASSERT_EQ(kept.ask("GET", "/healthz").status, 200);
  limit(RLIMIT_NOFILE, descriptors());
  auto other = connect();
  other.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto reply = kept.ask("POST", "/api/admin/sync", R"({"sync_type":"full"})");
  EXPECT_THAT(reply.status, AnyOf(500, 502)) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("Too many open files"));
  EXPECT_EQ(kept.ask("GET", "/api/v1/status").status, 200);
  limit(RLIMIT_NOFILE, 1024);
  EXPECT_EQ(kept.ask("POST", "/api/admin/sync", R"({"sync_type":"full"})").status, 200);
  kept = connect();
  EXPECT_EQ(other.read_reply().status, 200) << "served when somebody has gone";
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
}

TEST_F(ResourcesTest, CallersWhoTakeAllDescriptorsKeepNobodyOutOnceTheyHaveGone) {
  ASSERT_TRUE(start_ready());
  ASSERT_EQ(sync(R"({"sync_type":"full"})").status, 200);
  ASSERT_EQ(ask("GET", "/api/teams").status, 200);
  // A sync needs some, and the undefined behaviour sanitizer a pipe to look at a pointer.
  limit(RLIMIT_NOFILE, descriptors() + 16);
  std::vector<RawConnection> idle;
  for (int i = 0; i < 40; ++i) idle.push_back(connect());
  auto other = connect();
  other.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  idle.clear();
  EXPECT_EQ(other.read_reply().status, 200);
  // Some of those who have gone may still be waiting to be taken and let go, one by one.
  int status = 0;
  for (int gone = 0; gone < 40 && status != 200; ++gone) {
    status = sync(R"({"sync_type":"full"})").status;
  }
  EXPECT_EQ(status, 200);
}

TEST_F(ResourcesTest, WithoutMemoryARunFailsAndAllIsWellAfterwards) {
  if (*SANITIZER != '\0') GTEST_SKIP() << "a sanitizer takes all address space";
  ASSERT_TRUE(start_ready());
  ASSERT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
  limit(RLIMIT_AS, bytes() + (1 << 18));
  upstream_.set_fault("scheduleLeagueV2", "large=30");
  const auto reply = sync(R"({"sync_type":"schedule"})");
  EXPECT_EQ(reply.status, 500) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("schedule: out of memory"));
  upstream_.clear_faults();
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
  limit(RLIMIT_AS, RLIM_INFINITY);
  EXPECT_EQ(sync(R"({"sync_type":"full"})").status, 200);
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(), 0) << daemon_->err();
}

// A watchdog is fed by the loop alone: a run that goes on meanwhile does not feed it.
TEST_F(ResourcesTest, ALoopThatStandsStillFeedsNoWatchdog) {
  ::setenv("WATCHDOG_USEC", "20000", 1);
  ASSERT_TRUE(start_ready());
  ASSERT_TRUE(manager_.wait_for("WATCHDOG=1"));
  upstream_.set_fault("commonteamyears", "hang");
  start_sync("full");
  ASSERT_TRUE(upstream_.wait_for_requests(1));
  faults_.stall(true);
  upstream_.release();
  ASSERT_TRUE(upstream_.wait_for_requests(2)) << "the worker goes on";
  manager_.rest();
  ASSERT_TRUE(upstream_.wait_for_requests(16)) << "the worker goes on";
  for (const auto& message : manager_.rest()) EXPECT_EQ(message.find("WATCHDOG=1"), message.npos);
  daemon_->signal(SIGABRT);  // as the service manager does
  EXPECT_EQ(daemon_->wait(), -SIGABRT);
  faults_.stall(false);
  ASSERT_TRUE(start_ready());
  EXPECT_EQ(sync(R"({"sync_type":"teams","if_busy":"fail"})").status, 200);
}

}  // namespace
}  // namespace nbasync::testing
