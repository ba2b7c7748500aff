#include <gmock/gmock.h>

#include <cerrno>
#include <csignal>

#include "integration/faults/fault_fixture.hpp"

// The k-th call on the database's files fails, for every k of a sync.

namespace nbasync::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

class IoErrorTest : public FaultFixture {
 protected:
  struct Outcome {
    int status = 0;  // over HTTP
    std::string body;
  };
  Outcome sync_teams() const {
    const auto reply = sync(R"({"sync_type":"teams"})");
    return {reply.status, reply.body};
  }

  // What holds whatever failed.
  void expect_whole(const Outcome& outcome, const std::string& before, const std::string& after) {
    EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
    ASSERT_THAT(outcome.status, AnyOf(200, 500)) << outcome.body;
    EXPECT_EQ(cities(), outcome.status == 200 ? after : before) << outcome.body;
  }
  std::string cities() const {
    return query("SELECT group_concat(DISTINCT city = 'Town') FROM nba_teams");
  }
};

TEST_F(IoErrorTest, OneThatFailsAtAnyCallFailsTheRunAloneAndWhole) {
  ASSERT_TRUE(start_ready());
  faults_.count_reads();
  ASSERT_EQ(sync_teams().status, 200);
  int failed = 0;
  long at = 1;
  for (std::size_t edition = 1;; at += stride(1)) {
    SCOPED_TRACE("call " + std::to_string(at));
    const auto before = cities();
    editions_.publish(edition);
    faults_.fail_at(at, EIO);
    const auto outcome = sync_teams();
    const bool reached = faults_.reached();
    faults_.none();
    expect_whole(outcome, before, edition == 1 ? "1" : "0");
    if (outcome.status == 500) {
      ++failed;
      EXPECT_THAT(outcome.body, HasSubstr(database_.string()));
      EXPECT_THAT(outcome.body, HasSubstr("Input/output error"));
    }
    const auto next = sync_teams();
    EXPECT_EQ(next.status, 200) << next.body;
    EXPECT_EQ(cities(), edition == 1 ? "1" : "0");
    if (!reached) break;
    edition = 1 - edition;
  }
  std::printf("%ld calls, %d failed the run\n", at, failed);
  EXPECT_GT(failed * static_cast<int>(stride(1)), 5);
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(), 0) << "the same process all the while";
}

// From some call on, until the disk is well again.
TEST_F(IoErrorTest, ADiskThatStaysBrokenFailsRunsUntilItIsWell) {
  ASSERT_TRUE(start_ready());
  ASSERT_EQ(sync_teams().status, 200);
  std::size_t edition = 1;
  for (const int error : {EIO, ENOSPC}) {
    for (const long at : {1L, 2L, 3L, 5L, 8L, 13L}) {
      SCOPED_TRACE(std::string(std::strerror(error)) + " from call " + std::to_string(at));
      const auto before = cities();
      editions_.publish(edition);
      faults_.fail_from(at, error);
      const auto outcome = sync_teams();
      EXPECT_EQ(get("/api/v1/status")["sync_in_progress"], false);
      faults_.none();
      expect_whole(outcome, before, edition == 1 ? "1" : "0");
      if (outcome.status == 500) {
        EXPECT_THAT(outcome.body,
                    HasSubstr(error == ENOSPC ? "the disk is full; nothing was changed, make room "
                                                "and sync again"
                                              : "Input/output error"));
      }
      const auto next = sync_teams();
      EXPECT_EQ(next.status, 200) << next.body;
      EXPECT_EQ(cities(), edition == 1 ? "1" : "0");
      edition = 1 - edition;
    }
  }
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(), 0);
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE status = 'started'"), "0");
  EXPECT_NE(query("SELECT count(*) FROM data_sync_log WHERE status = 'failed'"), "0")
      << "what could not be logged was logged later";
}

TEST_F(IoErrorTest, OneThatFailsAtTheStartIsToldAndTheNextStartIsWell) {
  int refused = 0;
  const auto step = from_environment("NBASYNC_IO_STEP", stride(6));
  for (long at = 1;; at += step) {
    SCOPED_TRACE("call " + std::to_string(at));
    for (const auto* end : {"", "-wal", "-shm", "-journal", ".lock"}) {
      std::filesystem::remove(database_.string() + end);
    }
    faults_.fail_at(at, EIO);
    const bool ready = start_ready();
    const bool reached = faults_.reached();
    faults_.none();
    if (!ready) {
      ++refused;
      EXPECT_EQ(daemon_->wait(), 1);
      EXPECT_THAT(daemon_->err(), HasSubstr(database_.string()));
      EXPECT_THAT(daemon_->err(), HasSubstr("Input/output error"));
      ASSERT_TRUE(start_ready()) << daemon_->err();
    }
    const auto next = sync_teams();
    EXPECT_EQ(next.status, 200) << next.body;
    EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
    daemon_->signal(SIGTERM);
    EXPECT_EQ(daemon_->wait(), 0) << daemon_->err();
    if (!reached) break;
  }
  EXPECT_GT(refused * static_cast<int>(stride(1)), 3);
}

}  // namespace
}  // namespace nbasync::testing
