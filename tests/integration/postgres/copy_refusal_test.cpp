#include <csignal>
#include <cstdlib>
#include <fstream>
#include <string>

#include "copy_fixture.hpp"
#include "support/postgres_server.hpp"

namespace nbasync::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(CopyTest, IntoTablesWithRowsIsRefused) {
  make_tables();
  execute("INSERT INTO standings (team_id, season) VALUES (1, '2025-26'), (2, '2025-26')");
  EXPECT_EQ(copy_to(), 1);
  EXPECT_THAT(err_, HasSubstr("table standings is not empty (rows: 2)"));
  EXPECT_EQ(counts(), kNothing);
  execute("DELETE FROM standings");
  ASSERT_EQ(copy_to(), 0) << err_;
  const auto before = cells_of(file_);
  EXPECT_EQ(copy_from(file_), 1);
  EXPECT_THAT(err_, HasSubstr("table nba_teams is not empty (rows: 30)"));
  EXPECT_EQ(cells_of(file_), before);
}

TEST_F(CopyTest, WhoHasALockIsNamed) {
  make_tables();
  Process on_file({NBASYNCD, "--config", file_config_.string()});
  ASSERT_TRUE(on_file.wait_for("daemon started")) << on_file.err();
  for (const auto* direction : {"--copy-to", "--copy-from"}) {
    EXPECT_EQ(copy({direction, place_.name()}), exit_of(Errc::kSyncInProgress)) << direction;
    EXPECT_THAT(err_, HasSubstr("database " + file_.string() + " is held by a daemon with pid " +
                                std::to_string(on_file.pid())));
  }
  on_file.signal(SIGTERM);
  EXPECT_EQ(on_file.wait(), 0);
  start_daemon();
  EXPECT_EQ(copy_to(), exit_of(Errc::kSyncInProgress));
  EXPECT_THAT(err_,
              HasSubstr("is held by a daemon with pid " + std::to_string(daemon_->pid()) + " on"));
  EXPECT_EQ(copy_from(back_), exit_of(Errc::kSyncInProgress));
  EXPECT_EQ(counts(), kNothing);
}

TEST_F(CopyTest, WhatIsNotThereIsNotMade) {
  EXPECT_EQ(copy_from(back_), 1);
  EXPECT_THAT(err_, HasSubstr("has no table nbasync_meta, so no daemon has used it"));
  EXPECT_FALSE(std::filesystem::exists(back_));
  std::filesystem::remove(file_);
  EXPECT_EQ(copy_to(), 1);
  EXPECT_THAT(err_, HasSubstr("there is no such file; name it with database.path or --database"));
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(CopyTest, APasswordInTheUrlIsRefusedAndNotTold) {
  EXPECT_EQ(copy({"--copy-to", "postgresql://me:hunter2@db/nba"}), 2);
  EXPECT_THAT(err_, AllOf(HasSubstr("--copy-to: has a password"), Not(HasSubstr("hunter2"))));
  EXPECT_EQ(copy({"--copy-from", "mysql://me:hunter2@db/nba"}), 2);
  EXPECT_THAT(err_, AllOf(HasSubstr("begins with postgresql://"), Not(HasSubstr("hunter2"))));
}

TEST_F(CopyTest, ThePasswordIsOfTheCredentialOrTheFile) {
  const auto& server = *PostgresServer::shared();
  const auto schema = place_.name().substr(place_.name().find("%3D") + 3);
  execute("CREATE ROLE copier_" + schema + " LOGIN PASSWORD 'hunter2'; GRANT ALL ON SCHEMA " +
          schema + " TO copier_" + schema);
  const auto url = server.url(schema, "copier_" + schema);
  EXPECT_EQ(copy({"--copy-to", url}), 1);
  EXPECT_THAT(err_, HasSubstr("wants a password"));
  std::ofstream(directory_.path() / "database-password") << "hunter2\n";
  ::setenv("CREDENTIALS_DIRECTORY", directory_.path().c_str(), 1);
  EXPECT_EQ(copy({"--copy-to", url}), 0) << err_;
  ::unsetenv("CREDENTIALS_DIRECTORY");
  EXPECT_THAT(out_ + err_, Not(HasSubstr("hunter2")));
  // As it is when the configuration names the PostgreSQL already.
  std::ofstream(file_config_) << "database: {url: \"" << url << "\", password_file: "
                              << (directory_.path() / "database-password").string() << "}\n";
  EXPECT_EQ(copy({"--copy-from", url, "--database", back_.string()}), 0) << err_;
  EXPECT_EQ(cells_of(back_), cells_of(file_));
  execute("DROP OWNED BY copier_" + schema + " CASCADE; DROP ROLE copier_" + schema);
}

// What is not there as it was read is found before it is committed.
TEST_F(CopyTest, CellsThatDoNotArriveAsTheyWereAreFound) {
  make_tables();
  execute(
      "CREATE FUNCTION other() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.city := upper(NEW."
      "city); RETURN NEW; END'; CREATE TRIGGER other BEFORE INSERT ON nba_teams FOR EACH ROW "
      "EXECUTE FUNCTION other()");
  EXPECT_EQ(copy_to(), 1);
  EXPECT_THAT(err_, HasSubstr("table nba_teams has not become what it is in database"));
  EXPECT_EQ(counts(), kNothing);
  execute("DROP TRIGGER other ON nba_teams");
  ASSERT_EQ(copy_to(), 0) << err_;
  // 0022500001 is another number than it is a text.
  SQLite::Database(back_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("CREATE TABLE games (id INTEGER NOT NULL PRIMARY KEY)");
  EXPECT_EQ(copy_from(back_), 1);
  EXPECT_THAT(err_, HasSubstr("table games has not become what it is in database"));
  EXPECT_EQ(SQLite::Database(back_.string()).execAndGet("SELECT count(*) FROM games").getInt(), 0);
}

}  // namespace
}  // namespace nbasync::testing
