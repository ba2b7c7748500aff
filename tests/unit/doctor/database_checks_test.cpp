#include "doctor/database_checks.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>

#include "db/look.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync {
namespace {

using ::testing::HasSubstr;

class DatabaseChecksTest : public ::testing::Test {
 protected:
  void make(const std::string& journal) const {
    SQLite::Database db(path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec("PRAGMA journal_mode = " + journal);
    db.exec("CREATE TABLE t (a TEXT, b TEXT UNIQUE)");
    db.exec(
        "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO t "
        "SELECT i, hex(randomblob(40)) FROM n");
  }
  CheckAnswer answer_of(const std::string& word, const std::stop_token& stop = {}) const {
    const auto answers = check_database(*connect_to_look(path_), path_, stop);
    return *std::ranges::find(answers, word, &CheckAnswer::check);
  }

  testing::TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "nba_data.db";
};

TEST_F(DatabaseChecksTest, WriteAheadLogIsWanted) {
  make("WAL");
  EXPECT_EQ(answer_of("write-ahead-log").status, CheckStatus::kOk);
  EXPECT_EQ(answer_of("whole-file").status, CheckStatus::kOk);
  SQLite::Database(path_, SQLite::OPEN_READWRITE).exec("PRAGMA journal_mode = DELETE");
  EXPECT_THAT(answer_of("write-ahead-log").text, HasSubstr("is delete, not wal"));
}

TEST_F(DatabaseChecksTest, DamageIsFound) {
  make("DELETE");
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(8 * 4096 + 8);
  file << std::string(3000, '\xff');
  file.close();
  EXPECT_EQ(answer_of("whole-file").status, CheckStatus::kFinding);
}

TEST_F(DatabaseChecksTest, ReadingTheWholeIsBrokenOff) {
  make("WAL");
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(answer_of("whole-file", stop.get_token()).status, CheckStatus::kUnchecked);
}

TEST_F(DatabaseChecksTest, LookingMakesNothing) {
  EXPECT_THROW(connect_to_look(path_), Error);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(DatabaseChecksTest, ZonesOfSchedulesAreKnown) {
  ScheduleSpec spec;
  spec.cron = Cron("0 6 * * *");
  spec.zone = Zone("Europe/Vienna");
  const auto answer = check_zones({spec});
  EXPECT_EQ(answer.status, CheckStatus::kOk);
  EXPECT_EQ(answer.text, "known: America/New_York, Europe/Vienna");
}

}  // namespace
}  // namespace nbasync
