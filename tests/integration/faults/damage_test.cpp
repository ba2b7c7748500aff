#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <sys/mount.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "integration/faults/fault_fixture.hpp"
#include "support/file_text.hpp"

// The disk is full or may only be read; the file is damaged, at the start or under the daemon.

namespace nbasync::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

class DamageTest : public FaultFixture {
 protected:
  static constexpr std::streamoff kPage = 4096;

  ~DamageTest() override {
    if (mounted_) ::umount2(disk_.c_str(), MNT_DETACH);
  }

  // The database is on a disk of its own, of this size, from now on. False where none can be had.
  bool mount_disk(const std::string& size) {
    std::filesystem::create_directory(disk_);
    mounted_ = ::geteuid() == 0 &&
               ::mount("tmpfs", disk_.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
    const auto old = database_;
    database_ = disk_ / "nba_data.db";
    std::string text = file_text(config_);
    text.replace(text.find(old.string()), old.string().size(), database_.string());
    std::ofstream(config_) << text;
    return mounted_;
  }
  bool remount(const char* options, unsigned long flags = 0) {
    return ::mount("tmpfs", disk_.c_str(), "tmpfs", MS_REMOUNT | flags, options) == 0;
  }

  // Every page from this one on is nonsense.
  void overwrite(std::streamoff page) const {
    std::fstream file(database_, std::ios::in | std::ios::out | std::ios::binary);
    const auto bytes = static_cast<std::streamoff>(std::filesystem::file_size(database_));
    file.seekp(page * kPage);
    file << std::string(static_cast<std::size_t>(bytes - page * kPage), '\x5a');
  }
  // The page of a table of the user's, which nobody reads but who reads all.
  std::streamoff make_own_table() {
    EXPECT_EQ(once("teams"), 0) << err_;
    std::int64_t page = 0;
    {
      SQLite::Database db(database_.string(), SQLite::OPEN_READWRITE);
      db.exec("CREATE TABLE own (x); INSERT INTO own VALUES (zeroblob(400000))");
      page = db.execAndGet("SELECT rootpage FROM sqlite_schema WHERE name = 'own'").getInt64();
    }
    EXPECT_EQ(once("teams"), 0)
        << err_;  // knows the schema by now, and has nothing to do at a start
    return page - 1;
  }
  void damage(std::streamoff page) const {
    std::fstream file(database_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(page * kPage) << std::string(kPage, '\x5a');
  }
  std::string bytes() const { return file_text(database_); }

  std::filesystem::path disk_ = directory_.path() / "disk";
  bool mounted_ = false;
};

TEST_F(DamageTest, AFullDiskFailsTheRunAndOneThatHasRoomAgainIsWrittenTo) {
  if (!mount_disk("1m")) GTEST_SKIP() << "may not mount here";
  ASSERT_TRUE(start_ready()) << daemon_->err();
  ASSERT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
  const auto before = tables();
  const auto reply = sync(R"({"sync_type":"full"})");
  EXPECT_EQ(reply.status, 500) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("the disk is full; nothing was changed, make room and sync"));
  EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(tables().at("team_game_logs"), before.at("team_game_logs"));
  EXPECT_EQ(get("/api/teams")["count"], 30);
  ASSERT_TRUE(remount("size=64m"));
  EXPECT_EQ(sync(R"({"sync_type":"full"})").status, 200);
  EXPECT_EQ(row_counts(), "30|1231|2462|90");
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE status = 'started'"), "0");
}

// A start does not wait until the file has been read whole; who writes does.
TEST_F(DamageTest, DamageThatAStartDoesNotMeetIsToldAndNotWrittenTo) {
  const auto page = make_own_table();
  const auto whole = directory_.path() / "backup";
  std::filesystem::copy_file(database_, whole);
  damage(page);
  const auto before = bytes();
  ASSERT_TRUE(start_ready()) << daemon_->err();
  ASSERT_TRUE(daemon_->wait_for("is damaged")) << daemon_->err();
  const auto problems = get("/api/v1/status")["problems"];
  ASSERT_EQ(problems.size(), 1U) << problems;
  EXPECT_EQ(problems[0]["part"], "database.path");
  EXPECT_THAT(problems[0]["message"].get<std::string>(), HasSubstr("is damaged"));
  EXPECT_EQ(get("/api/teams")["count"], 30) << "what can be read is read";
  for (const auto* type : {"teams", "full"}) {
    const auto reply = sync(nlohmann::json{{"sync_type", type}}.dump());
    EXPECT_EQ(reply.status, 500) << reply.body;
    EXPECT_THAT(reply.body, HasSubstr("is damaged"));
  }
  EXPECT_TRUE(bytes() == before);
  std::filesystem::rename(whole, database_);
  EXPECT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
  EXPECT_EQ(get("/api/v1/status")["problems"].size(), 0U);
}

TEST_F(DamageTest, OneRunByItselfDoesNotWriteToADamagedFile) {
  damage(make_own_table());
  const auto before = bytes();
  EXPECT_EQ(once("teams"), 1);
  EXPECT_THAT(err_, HasSubstr("is damaged"));
  EXPECT_TRUE(bytes() == before);
}

TEST_F(DamageTest, AFullDiskAtTheFirstStartIsToldAndOneWithRoomIsNot) {
  if (!mount_disk("8k")) GTEST_SKIP() << "may not mount here";
  EXPECT_FALSE(start_ready());
  EXPECT_EQ(daemon_->wait(), 1);
  EXPECT_THAT(daemon_->err(), HasSubstr("the disk is full")) << daemon_->err();
  ASSERT_TRUE(remount("size=64m"));
  EXPECT_TRUE(start_ready()) << daemon_->err();
  EXPECT_EQ(sync(R"({"sync_type":"teams"})").status, 200);
}

TEST_F(DamageTest, ADiskThatMayOnlyBeReadIsToldAndLeftAsItIs) {
  if (!mount_disk("64m")) GTEST_SKIP() << "may not mount here";
  ASSERT_EQ(once("teams"), 0) << err_;
  const auto before = bytes();
  ASSERT_TRUE(remount("", MS_RDONLY));
  EXPECT_FALSE(start_ready());
  EXPECT_EQ(daemon_->wait(), 1);
  EXPECT_THAT(daemon_->err(), HasSubstr("is on a file system that is read-only here"))
      << daemon_->err();
  EXPECT_EQ(once("teams"), 1) << err_;
  EXPECT_TRUE(bytes() == before);
  ASSERT_TRUE(remount(""));
  EXPECT_EQ(once("teams"), 0) << err_;
}

TEST_F(DamageTest, ADamagedPageIsFoundAtTheStart) {
  ASSERT_EQ(once("full"), 0) << err_;
  overwrite(5);
  const auto before = bytes();
  EXPECT_FALSE(start_ready());
  EXPECT_EQ(daemon_->wait(), 1);
  EXPECT_THAT(daemon_->err(), HasSubstr("is damaged")) << daemon_->err();
  EXPECT_THAT(daemon_->err(), HasSubstr("restore a backup"));
  EXPECT_TRUE(bytes() == before);
}

TEST_F(DamageTest, DamageUnderTheDaemonFailsRunsAndItLives) {
  ASSERT_TRUE(start_ready());
  ASSERT_EQ(sync(R"({"sync_type":"full"})").status, 200);
  editions_.publish(1);
  overwrite(5);
  const auto reply = sync(R"({"sync_type":"full"})");
  EXPECT_EQ(reply.status, 500) << reply.body;
  EXPECT_THAT(reply.body, HasSubstr("is damaged"));
  EXPECT_EQ(get("/api/v1/status")["sync_in_progress"], false);
  EXPECT_THAT(ask("GET", "/api/game-logs?limit=500").status, AnyOf(200, 500, 503));
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(), 0) << daemon_->err();
}

}  // namespace
}  // namespace nbasync::testing
