#include "integration/daemon/daemon_fixture.hpp"
#include "support/predecessor_file.hpp"

namespace nbasync::testing {
namespace {

using PredecessorTest = DaemonFixture;

// The real program on a file with all that a predecessor may have left in it.
TEST_F(PredecessorTest, AFullSyncOfItsFileSucceedsAndKeepsWhatIsNotOurs) {
  const auto traits = predecessor_traits();
  make_predecessor_file(database_, {traits.begin(), traits.end()});
  const long log_rows = std::stol(query("SELECT max(id) FROM data_sync_log"));
  const auto before = not_ours(database_, log_rows);
  EXPECT_EQ(once("full"), 0) << out_ << err_;
  EXPECT_EQ(query("SELECT count(*) FROM games WHERE season = '2025-26' AND id LIKE '00%'"), "1231");
  EXPECT_EQ(query("SELECT count(*) FROM team_game_logs WHERE game_id LIKE '15%'"), "176");
  const auto after = not_ours(database_, log_rows);
  for (const auto& [what, text] : before) {
    const auto now = after.find(what);
    EXPECT_EQ(now == after.end() ? "gone" : now->second, text) << what;
  }
}

TEST_F(PredecessorTest, ItsRunsAreHistoryAndNoneIsUnderWay) {
  const auto traits = predecessor_traits();
  make_predecessor_file(database_, {traits.begin(), traits.end()});
  start_daemon();
  EXPECT_EQ(client({"status"}), 0) << err_;
  EXPECT_EQ(out_.find("started"), std::string::npos) << out_;
  EXPECT_EQ(client({"sync", "full"}), 0) << out_ << err_;
  EXPECT_EQ(client({"runs", "--limit", "100"}), 0) << err_;
  EXPECT_NE(out_.find("retry"), std::string::npos) << out_;
  EXPECT_NE(out_.find("interrupted"), std::string::npos) << out_;
  EXPECT_EQ(out_.find("started "), std::string::npos) << out_;
}

}  // namespace
}  // namespace nbasync::testing
