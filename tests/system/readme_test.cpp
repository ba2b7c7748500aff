#include "support/readme.hpp"

#include <gmock/gmock.h>

#include <map>
#include <regex>
#include <set>

#include "system/machine.hpp"

// The README's commands, as a reader would type them on a machine with the package: as a user of
// the group nbasync who has sudo, chapter by chapter. tests/python/test_readme.py has its recipes.

namespace nbasync::testing {
namespace {

// What is run elsewhere.
const std::map<std::string, std::string> kElsewhere{
    {"Quick start", ".ci/run"},
    {"Install", "package.sh, system/fresh.sh, system/container.sh, system/upgrade_test.cpp"},
    {"More than one machine", "system/cluster"},
};

class ReadmeTest : public Machine {
 protected:
  void SetUp() override {
    Machine::SetUp();
    if (IsSkipped() || HasFailure()) return;
    for (const auto* tool : {"sudo", "jq"}) {
      if (run(std::string("command -v ") + tool).status != 0) {
        GTEST_SKIP() << "this test needs " << tool << " (apt-get install " << tool << ")";
      }
    }
    expect("echo 'member ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/member");
    folder_ = expect("folder=$(mktemp -d); chown member $folder; echo $folder");
    expect("nbasyncctl sync full");
  }

  void TearDown() override {
    if (!leftover_.empty()) run(leftover_);
    run("rm -f /etc/sudoers.d/member");
    Machine::TearDown();
  }

  // Follows a chapter: writes each file that it shows, and runs each command, from top to bottom.
  // Returns what the commands said.
  std::string follow(const std::string& chapter) {
    std::string said;
    for (const auto& block : readme_blocks(NBASYNC_SOURCE)) {
      if (block.chapter != chapter) continue;
      if (block.language == "yaml") write(block.text);
      if (block.language != "sh") continue;
      const auto outcome =
          as("member", "set -e; cd " + folder_ + "\n" + kNoPause + ended(block.text));
      EXPECT_EQ(outcome.status, 0) << block.text << outcome.text;
      said += outcome.text;
    }
    EXPECT_NE(said, "") << "the README has no such chapter: " << chapter;
    return said;
  }

  std::string folder_;
  std::string leftover_;  // what a test leaves behind on the machine is removed so

 private:
  // A file of the daemon's configuration has its name in its first line.
  void write(const std::string& text) const {
    if (!text.starts_with("# /etc/nbasync/")) return;
    const auto name = text.substr(2, text.find_first_of(",\n") - 2);
    expect("cat >" + name + " <<'END'\n" + text + "END\n");
  }

  // Somebody has to end what the README says to go on until Ctrl-C; and what it says to exit with
  // another status may do so.
  static std::string ended(const std::string& commands) {
    const auto once =
        std::regex_replace(commands, std::regex("(^|\n)([^#\n]*)(# [^\n]*until Ctrl-C)"),
                           "$1timeout -s INT 2 $2|| [ $? = 124 ] $3");
    return std::regex_replace(once, std::regex("(^|\n)([^#|\n]*)(# [^\n]*exits (\\d+))"),
                              "$1$2|| [ $? = $4 ] $3");
  }

  // A loop that pauses is gone through once, and something has happened by then.
  static constexpr const char* kNoPause =
      "sleep() {\n"
      "  [ -z \"${paused-}\" ] || return 1; paused=1\n"
      "  sudo sqlite3 /var/lib/nbasync/nba_data.db "
      "'UPDATE team_game_logs SET team_pts = 1 WHERE rowid = (SELECT min(rowid) FROM "
      "team_game_logs)'\n"
      "  nbasyncctl sync game_logs\n"
      "}\n";
};

TEST_F(ReadmeTest, UseIt) {
  const auto said = follow("Use it");
  EXPECT_NE(said.find("all is well"), std::string::npos) << said;
}

TEST_F(ReadmeTest, TheData) {
  const auto said = follow("The data");
  for (const auto* made : {"logs.csv", "logs.ndjson", "nba-*.db", "news"}) {
    expect("test -s " + folder_ + "/" + made);
  }
  EXPECT_NE(said.find("\"change\":\"update\""), std::string::npos) << said;
}

TEST_F(ReadmeTest, HttpAndDBus) {
  leftover_ = "systemctl disable --now nbasyncd-read.socket; rm -f /etc/nbasync/token";
  follow("HTTP and D-Bus");
  expect(
      "setpriv --reuid stranger --regid stranger --clear-groups curl -sf --unix-socket "
      "/run/nbasync-read.sock http://nba/api/v1/status");
}

TEST_F(ReadmeTest, Configure) {
  const auto said = follow("Configure");
  EXPECT_NE(said.find("nightly"), std::string::npos) << said;
}

TEST_F(ReadmeTest, Operate) {
  expect("cd " + folder_ +
         "; mkdir old; sqlite3 old/nba_data.db \""
         "CREATE TABLE nba_teams (team_id INTEGER PRIMARY KEY, team_name TEXT);"
         "CREATE TABLE remarks (words TEXT); INSERT INTO remarks VALUES ('kept');"
         "CREATE TABLE data_sync_log (id INTEGER PRIMARY KEY AUTOINCREMENT, sync_type TEXT NOT "
         "NULL, status TEXT NOT NULL, started_at TEXT NOT NULL, completed_at TEXT);"
         "INSERT INTO data_sync_log VALUES "
         "(7, 'teams', 'success', '2025-11-01T09:00:00Z', '2025-11-01T09:00:05Z')\"");
  const auto said = follow("Operate");
  EXPECT_NE(said.find("nbasync_doctor_findings"), std::string::npos) << said;
  EXPECT_EQ(query("SELECT words FROM remarks"), "kept");
  EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "30");
  EXPECT_EQ(query("SELECT status FROM data_sync_log WHERE id = 7"), "success");
}

TEST(ReadmeChaptersTest, AllThatHaveCommandsAreRunSomewhere) {
  std::set<std::string> chapters;
  for (const auto& block : readme_blocks(NBASYNC_SOURCE)) {
    if (block.language == "sh") chapters.insert(block.chapter);
  }
  for (const auto& [chapter, where] : kElsewhere) {
    EXPECT_EQ(chapters.erase(chapter), 1) << chapter << " is run by " << where;
  }
  EXPECT_THAT(chapters, ::testing::ElementsAre("Configure", "HTTP and D-Bus", "Operate", "The data",
                                               "Use it"));
}

}  // namespace
}  // namespace nbasync::testing
