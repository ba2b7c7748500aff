#include "system/cluster/two_machines.hpp"

namespace nbasync::testing {
namespace {

using CopyTest = TwoMachinesTest;

// One machine outgrows its file, as the chapter's part "From a file, and back" tells.
TEST_F(CopyTest, FileIsCopiedIntoAnEmptyServerByTheChaptersCommands) {
  for (const auto* host : both_) host->expect("systemctl stop nbasyncd.socket nbasyncd.service");
  one_.expect("mv " + file_ + " /tmp/later.yaml; systemctl start nbasyncd.service");
  one_.expect("nbasyncctl sync full");
  const auto last = one_.expect("nbasyncctl runs -q -n 1");
  empty_server();

  const auto words = one_.expect(as_newcomer(block("sh", 2)));
  EXPECT_NE(words.find("database: {url:"), std::string::npos) << words;

  one_.expect("mv /tmp/later.yaml " + file_ + "; systemctl start nbasyncd.service");
  await_status(one_, "Holder: one");
  EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "30");
  EXPECT_EQ(query("SELECT count(*) FROM team_game_logs"), "2462");
  EXPECT_EQ(one_.expect("nbasyncctl runs -q -n 1"), last);
}

}  // namespace
}  // namespace nbasync::testing
