#include <chrono>
#include <csignal>
#include <cstdio>
#include <random>
#include <set>

#include "crowd_fixture.hpp"
#include "support/rounds.hpp"

namespace nbasync::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Daemons that are stopped, killed and cut off at random while all are asked. NBASYNC_CHAOS: for so
// many seconds.
class ChaosTest : public CrowdTest {
 protected:
  unsigned below(unsigned limit) { return static_cast<unsigned>(random_() % limit); }

  // Does something to one of them, and undoes what was done before.
  void disturb() {
    auto& member = *members_[below(kMembers)];
    switch (below(4)) {
      case 0:
      case 1:
        member.process->signal(SIGSTOP);
        stopped_.insert(&member);
        break;
      case 2:
        member.process->signal(SIGKILL);
        member.process->wait();
        stopped_.erase(&member);
        start_again(member);
        ++kills_;
        break;
      default:
        query(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> "
            "pg_backend_pid() AND datname = current_database() AND backend_type = 'client "
            "backend'");
    }
  }
  void let_go_on() {
    for (auto* member : stopped_) member->process->signal(SIGCONT);
    stopped_.clear();
  }

  std::mt19937 random_{7};
  std::set<Member*> stopped_;
  int kills_ = 0;
};

TEST_F(ChaosTest, EveryRequestThatWasTakenEndsOnceInTheOrderOfTheTickets) {
  lease_ = "1s";
  begin_asking();
  const auto seconds = from_environment("NBASYNC_CHAOS", rounds(url_ == place_.name() ? 8 : 3));
  const auto end = steady_clock::now() + std::chrono::seconds(seconds);
  int disturbed = 0;
  while (steady_clock::now() < end) {
    let_pass(milliseconds(100 + below(1'200)));
    if (below(2) == 0) let_go_on();
    disturb();
    ++disturbed;
  }
  let_go_on();
  end_asking();
  await_all_ends();
  std::printf("%u s, %d disturbances, %d kills, %zu requests taken, %s runs, %s takeovers\n",
              seconds, disturbed, kills_, taken(),
              query("SELECT count(*) FROM nbasync_requests").c_str(),
              query("SELECT epoch - 1 FROM nbasync_lease").c_str());
  expect_order();
}

}  // namespace
}  // namespace nbasync::testing
