#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "crowd_fixture.hpp"
#include "postgres/postgres_connection.hpp"
#include "support/feed_replay.hpp"
#include "support/patroni_cluster.hpp"
#include "support/rounds.hpp"

namespace nbasync::testing {
namespace {

using std::chrono::duration;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A highly available PostgreSQL whose leading host is killed, or stands still, again and again.
// NBASYNC_FAILOVERS: so often, each in turn.
class FailoverTest : public CrowdTest {
 protected:
  // How fast a machine is, no test asserts: but who waits for a host that stands still, waits for
  // as long as a statement may take.
  static constexpr std::chrono::seconds kAtMost{10};

  void SetUp() override {
    if (!PatroniCluster::is_installed()) GTEST_SKIP() << PatroniCluster::kNotInstalled;
    servers_.emplace();
    url_ = servers_->url();
    database_ = url_;
    lease_ = "2s";
  }
  void TearDown() override {
    end_asking();
    if (HasFailure() && servers_) ADD_FAILURE() << servers_->told();
    if (told_.empty()) return;
    std::printf(
        "from the signal to a plain write on another node, and from then to the end of a "
        "sync:\n");
    for (const auto& line : told_) std::printf("%s\n", line.c_str());
  }

  // Done where another than this one leads; false if it cannot be yet.
  bool wrote_beside(std::size_t dead) const {
    const auto leader = servers_->leader(dead);
    if (!leader) return false;
    PostgresConnection::Options options;
    options.connect_timeout = options.statement_timeout = milliseconds(1'000);
    try {
      PostgresConnection connection(PostgresAddress(servers_->url(*leader)), options);
      return connection.run("UPDATE plain SET number = number + 1", {}, {}) == 1;
    } catch (const Error&) {
      return false;
    }
  }

  std::string ends() const {
    return query("SELECT max(ended_at) FROM nbasync_requests WHERE status = 'success'");
  }
  // Which holders there are, by epoch and token.
  void note_holder() {
    const auto holder = query("SELECT epoch, token FROM nbasync_fence WHERE token <> ''");
    if (!holder.empty()) holders_[holder.substr(0, holder.find('|'))].insert(holder);
  }

  void fail_over(int signal) {
    const auto dead = servers_->leader();
    ASSERT_TRUE(dead);
    note_holder();
    const auto begin = steady_clock::now();
    servers_->signal(*dead, signal);
    while (!wrote_beside(*dead)) let_pass(milliseconds(20));
    const auto led = steady_clock::now();
    const auto before = ends();
    while (ends() == before) let_pass(milliseconds(20));
    const auto synced = steady_clock::now();
    note_holder();
    char line[80];
    std::snprintf(line, sizeof line, "%s %.1f s, %.1f s", signal == SIGKILL ? "KILL" : "STOP",
                  duration<double>(led - begin).count(), duration<double>(synced - led).count());
    told_.emplace_back(line);
    EXPECT_LT(synced - led, kAtMost) << line;
    if (signal == SIGKILL) {
      servers_->start(*dead);
    } else {
      servers_->signal(*dead, SIGCONT);
    }
    servers_->await_whole();
    note_holder();
  }

  std::optional<PatroniCluster> servers_;
  std::map<std::string, std::set<std::string>> holders_;
  std::vector<std::string> told_;
};

TEST_F(FailoverTest, NothingThatWasAcknowledgedIsLost) {
  execute("CREATE TABLE plain (number bigint); INSERT INTO plain VALUES (0)");
  it_is("2025-12-01");
  begin_asking();
  FeedReplay copy(url_);
  const auto failovers = from_environment("NBASYNC_FAILOVERS", 2);
  for (unsigned f = 0; f < failovers && !HasFatalFailure(); ++f) {
    ASSERT_NO_THROW(fail_over(f % 2 == 0 ? SIGKILL : SIGSTOP));
    if (f == failovers / 2) it_is("2026-04-12");
  }
  end_asking();
  await_all_ends();
  std::printf("%u fail-overs, %zu requests taken, %s runs, %s holders\n", failovers, taken(),
              query("SELECT count(*) FROM nbasync_requests").c_str(),
              query("SELECT epoch FROM nbasync_lease").c_str());
  expect_order();
  for (const auto& [epoch, holders] : holders_) EXPECT_EQ(holders.size(), 1U) << epoch;
  EXPECT_EQ(copy.catch_up(), "") << "the feed of changes";
}

}  // namespace
}  // namespace nbasync::testing
