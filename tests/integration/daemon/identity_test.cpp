#include <gmock/gmock.h>
#include <grp.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>

#include "integration/daemon/control_fixture.hpp"
#include "support/file_text.hpp"
#include "support/notify_socket.hpp"

// The database is replaced, removed, or known by other names, under the real daemon.

namespace nbasync::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using ::testing::AnyOf;
using ::testing::HasSubstr;

class IdentityTest : public ControlFixture {
 protected:
  // `sqlite3 db ".backup copy"`.
  void backup() { shell("sqlite3 '" + database_.string() + "' '.backup " + copy_.string() + "'"); }
  void shell(const std::string& command) {
    Process process({"sh", "-c", command});
    ASSERT_EQ(process.wait(), 0) << command << process.out() << process.err();
  }

  // --once with another name of the database.
  int once_of(const fs::path& name) {
    Process process(
        {NBASYNCD, "--config", config_.string(), "--database", name.string(), "--once", "teams"});
    const auto status = process.wait();
    err_ = process.err();
    return status.value_or(-1000);
  }

  fs::path copy_ = directory_.path() / "copy.db";
};

TEST_F(IdentityTest, ABackupThatIsMovedInPlaceIsToldOnceAndThenSynced) {
  start_daemon();
  ASSERT_EQ(client({"sync", "schedule"}), 0) << err_;
  backup();
  ASSERT_EQ(client({"sync", "teams"}), 0) << err_;
  fs::rename(copy_, database_);
  // The next one notices, unless somebody has looked at the file before it.
  if (client({"sync", "teams"}) == 1) {
    EXPECT_THAT(err_ + out_, HasSubstr("it was replaced by another file while it was open"));
    EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "0");
  }
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
  EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "30");
  EXPECT_EQ(query("SELECT count(*) FROM data_sync_log WHERE sync_type = 'teams'"), "2");
  EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
  EXPECT_EQ(get("/api/teams")["count"], 30);
}

// Somebody asks for the status all the while, as a monitor does: it never stays with the file
// before.
TEST_F(IdentityTest, TheStatusIsOfTheFileThatIsThere) {
  start_daemon();
  ASSERT_EQ(client({"sync", "schedule"}), 0) << err_;
  backup();
  ASSERT_EQ(client({"sync", "teams"}), 0) << err_;
  EXPECT_EQ(get("/api/v1/status")["recent_syncs"].size(), 2U);
  fs::rename(copy_, database_);
  const auto since = std::chrono::steady_clock::now();
  std::size_t known = 2;
  while (known == 2 && std::chrono::steady_clock::now() - since < seconds(20)) {
    known = get("/api/v1/status")["recent_syncs"].size();
  }
  EXPECT_LT(known, 2U);
  EXPECT_EQ(get("/api/teams")["count"], 0);
  EXPECT_TRUE(daemon_->wait_for("it was replaced by another file")) << daemon_->err();
}

TEST_F(IdentityTest, ReplacedAgainAndAgainWhileItSyncsNoSuccessIsLost) {
  start_daemon();
  ASSERT_EQ(client({"sync", "schedule"}), 0) << err_;
  for (int round = 0; round < 12; ++round) {
    backup();
    auto first = spawn_client({"sync", "teams"});
    auto second = spawn_client({"sync", "schedule", "--if-busy", "queue", "--timeout", "30s"});
    if (round % 3 != 0) upstream_.wait_for_requests(upstream_.count() + 1, seconds(1));
    fs::rename(copy_, database_);
    EXPECT_THAT(first->wait(), AnyOf(0, 1)) << first->err();
    EXPECT_THAT(second->wait(), AnyOf(0, 1)) << second->err();
    for (int tries = 0; tries < 2 && client({"sync", "teams"}) != 0; ++tries) {
      EXPECT_THAT(err_ + out_, HasSubstr("replaced")) << "round " << round;
      EXPECT_EQ(tries, 0) << "one clear error at most";
    }
    EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "30") << "round " << round;
    EXPECT_EQ(query("PRAGMA integrity_check"), "ok") << "round " << round;
  }
}

// Once the first run's row is written and the write-ahead log emptied, the second run finds out.
TEST_F(IdentityTest, ARemovedDatabaseIsToldOnceAndMadeAnew) {
  start_daemon();
  ASSERT_EQ(client({"sync", "teams"}), 0) << err_;
  const auto since = std::chrono::steady_clock::now();
  const auto is_at_rest = [&] {
    return fs::file_size(database_.string() + "-wal") == 0 &&
           query("SELECT count(*) FROM data_sync_log WHERE status = 'success'") == "1";
  };
  while (!is_at_rest() && std::chrono::steady_clock::now() - since < seconds(20)) {
  }
  ASSERT_TRUE(is_at_rest());
  for (const auto* end : {"", "-wal", "-shm", ".lock"}) fs::remove(database_.string() + end);
  // Or a look at the file for the status that the first run changed, if it comes as late as this.
  if (client({"sync", "teams"}) == 0) {
    EXPECT_TRUE(daemon_->wait_for("it was removed")) << daemon_->err();
  } else {
    EXPECT_THAT(err_ + out_, HasSubstr("it was removed"));
    EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
  }
  EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "30");
  EXPECT_EQ(once("teams"), 4) << "the lock is there again";
}

TEST_F(IdentityTest, OnceBesideTheDaemonIsRefusedByWhateverName) {
  start_daemon();
  ASSERT_EQ(client({"sync", "teams"}), 0) << err_;
  const auto elsewhere = directory_.path() / "elsewhere";
  fs::create_directory(elsewhere);
  fs::create_symlink(database_, elsewhere / "link.db");
  fs::create_directory_symlink(directory_.path(), elsewhere / "folder");
  for (const auto& name : {elsewhere / "link.db", elsewhere / "folder" / "nba_data.db"}) {
    const auto since = std::chrono::steady_clock::now();
    EXPECT_EQ(once_of(name), 4) << err_;
    EXPECT_LT(std::chrono::steady_clock::now() - since, seconds(5));
    EXPECT_THAT(err_, HasSubstr("pid " + std::to_string(daemon_->pid())));
  }
  fs::remove(database_.string() + ".lock");
  EXPECT_EQ(once("teams"), 4) << err_;
  EXPECT_THAT(err_, HasSubstr("another nbasyncd has this file"));
  fs::create_hard_link(database_, elsewhere / "hard.db");
  EXPECT_EQ(once_of(elsewhere / "hard.db"), 4) << err_;
  EXPECT_EQ(client({"sync", "teams"}), 1) << "two names";
  EXPECT_THAT(err_ + out_, HasSubstr("has 2 names (hard links)"));
  fs::remove(elsewhere / "hard.db");
  client({"sync", "teams"});  // may say that the lock file was made anew
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
}

TEST_F(IdentityTest, OnceOfAHardLinkIsRefusedAlsoWithoutADaemon) {
  ASSERT_EQ(once("teams"), 0) << err_;
  fs::create_hard_link(database_, directory_.path() / "hard.db");
  EXPECT_EQ(once_of(directory_.path() / "hard.db"), 1);
  EXPECT_THAT(err_, HasSubstr("has 2 names (hard links)"));
}

TEST_F(IdentityTest, OnceOfAMountedFileIsRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can mount";
  start_daemon();
  ASSERT_EQ(client({"sync", "teams"}), 0) << err_;
  const auto there = directory_.path() / "mounted.db";
  std::ofstream(there).close();
  if (::mount(database_.c_str(), there.c_str(), nullptr, MS_BIND, nullptr) != 0) {
    GTEST_SKIP() << "may not mount here";
  }
  EXPECT_EQ(once_of(there), 4) << err_;
  ::umount2(there.c_str(), MNT_DETACH);
  EXPECT_THAT(err_, HasSubstr("another nbasyncd has this file by another name"));
}

TEST_F(IdentityTest, TheDaemonWaitsForAOnceAndIsReadyAfterIt) {
  upstream_.set_fault("leaguestandingsv3", "hang");
  Process first({NBASYNCD, "--config", config_.string(), "--once", "teams"});
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  NotifySocket manager;
  daemon_ = spawn_daemon();
  ASSERT_TRUE(
      manager.wait_for("STATUS=Waiting for the lock: Another sync operation is already in "
                       "progress: teams started at 20"));
  upstream_.release();
  EXPECT_EQ(first.wait(), 0) << first.err();
  EXPECT_TRUE(manager.wait_for("READY=1"));
  EXPECT_EQ(client({"sync", "teams"}), 0) << err_;
  EXPECT_EQ(query("SELECT group_concat(status) FROM data_sync_log"), "success,success")
      << "the other's run was not taken for a dead one's";
}

TEST_F(IdentityTest, ADaemonThatWaitsEndsOnSigterm) {
  upstream_.set_fault("leaguestandingsv3", "hang");
  Process first({NBASYNCD, "--config", config_.string(), "--once", "teams"});
  ASSERT_TRUE(upstream_.wait_for_requests(2));
  daemon_ = spawn_daemon();
  ASSERT_TRUE(daemon_->wait_for("waiting for the lock")) << daemon_->err();
  daemon_->signal(SIGTERM);
  EXPECT_EQ(daemon_->wait(seconds(5)), 0) << daemon_->err();
}

// What the package has: a folder of the service's user, whose group may read.
class ServiceUserTest : public IdentityTest {
 protected:
  static constexpr uid_t kService = 65534;
  static constexpr gid_t kGroup = 4321;

  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can be somebody else";
    // The configuration, the programs' folder of sockets and the database are in it.
    ASSERT_EQ(::chown(directory_.path().c_str(), kService, kGroup), 0);
    fs::permissions(directory_.path(), fs::perms(0750));
    fs::permissions(config_, fs::perms(0644));
  }

  std::vector<std::string> as(uid_t uid, std::vector<std::string> words) const {
    std::vector<std::string> all{
        "setpriv",       "--reuid", std::to_string(uid), "--regid", std::to_string(kGroup),
        "--clear-groups"};
    all.insert(all.end(), words.begin(), words.end());
    return all;
  }
  int service(const std::string& type) {
    Process process(as(kService, {NBASYNCD, "--config", config_.string(), "--once", type}));
    const auto status = process.wait();
    err_ = process.err();
    return status.value_or(-1000);
  }
  static uid_t owner(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? status.st_uid : uid_t(-1);
  }
};

TEST_F(ServiceUserTest, RootsOnceDoesNotLockTheServiceOut) {
  ASSERT_EQ(once("teams"), 0) << err_;
  for (const auto* end : {"", "-wal", "-shm", ".lock"}) {
    EXPECT_EQ(owner(database_.string() + end), kService) << end;
  }
  EXPECT_EQ(service("teams"), 0) << err_;
  EXPECT_EQ(once("teams"), 0) << err_;
  EXPECT_EQ(service("teams"), 0) << err_;
}

TEST_F(ServiceUserTest, ABackupOfRootsIsNamedWithItsOwnerAndTheCure) {
  ASSERT_EQ(service("teams"), 0) << err_;
  ASSERT_EQ(::chown(database_.c_str(), 0, 0), 0);
  fs::permissions(database_, fs::perms(0600));
  const auto cure = "chown nobody: " + database_.string() + "*";
  EXPECT_EQ(service("teams"), 1);
  EXPECT_THAT(err_, HasSubstr("the file " + database_.string() +
                              " belongs to root, and nobody may "
                              "not write it; as root: " +
                              cure));
  EXPECT_EQ(once("teams"), 1) << "root works as the folder's user, and says the same";
  EXPECT_THAT(err_, HasSubstr(cure));
  shell(cure);
  EXPECT_EQ(service("teams"), 0) << err_;
}

TEST_F(ServiceUserTest, ALockFileOfRootsIsNamedToo) {
  std::ofstream(database_.string() + ".lock").close();
  fs::permissions(database_.string() + ".lock", fs::perms(0640));
  EXPECT_EQ(service("teams"), 1);
  EXPECT_THAT(err_, HasSubstr("the file " + database_.string() + ".lock belongs to root"));
}

TEST_F(ServiceUserTest, AMemberOfTheGroupReadsTheDatabaseOfAStoppedDaemon) {
  const auto before = ::umask(0027);
  ASSERT_EQ(service("teams"), 0) << err_;
  ::umask(before);
  Process member(as(4322, {"sqlite3", database_.string(), "SELECT count(*) FROM nba_teams"}));
  EXPECT_EQ(member.wait(), 0) << member.err();
  EXPECT_EQ(member.out(), "30\n");
  EXPECT_EQ(service("teams"), 0) << err_;
}

// The predecessor's or an operator's mistakes: told plainly, nothing written, the same status
// always.
class BrokenFileTest : public IdentityTest {
 protected:
  std::string bytes() const { return file_text(database_); }
  void expect_refused(const std::string& why) {
    const auto before = bytes();
    auto daemon = spawn_daemon();
    EXPECT_EQ(daemon->wait(), 1);
    EXPECT_THAT(daemon->err(), HasSubstr(why));
    EXPECT_EQ(once("teams"), 1);
    EXPECT_THAT(err_, HasSubstr(why));
    EXPECT_TRUE(bytes() == before);
  }
};

TEST_F(BrokenFileTest, ATruncatedOrOverwrittenOneIsLeftAsItIs) {
  ASSERT_EQ(once("teams"), 0) << err_;
  const auto whole = bytes();
  fs::resize_file(database_, whole.size() / 2);
  expect_refused("restore a backup");
  auto damaged = whole;
  damaged.replace(0, 4096, std::string(4096, '\x5a'));
  std::ofstream(database_, std::ios::binary) << damaged;
  expect_refused("restore a backup");
}

TEST_F(BrokenFileTest, AnEmptyFileIsFilled) {
  std::ofstream(database_).close();
  EXPECT_EQ(once("teams"), 0) << err_;
  EXPECT_EQ(query("SELECT count(*) FROM nba_teams"), "30");
}

}  // namespace
}  // namespace nbasync::testing
