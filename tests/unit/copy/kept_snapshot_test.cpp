#include "copy/kept_snapshot.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>

#include <chrono>
#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/format.hpp"
#include "store/store.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_engine.hpp"

namespace nbasync::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

// Over either engine: the snapshot is a file of SQLite.
class KeptSnapshotTest : public ::testing::Test {
 protected:
  KeptSnapshotTest() {
    auto writer = database_.connect_writer();
    writer->run(
        "INSERT INTO games (id, season) VALUES ('0022500001', '2025-26'), "
        "('0022500002', '2025-26')",
        {}, {});
    where_.directory = folder_.path() / "kept";
  }

  KeptSnapshot keep(int hour = 12) {
    return keep_snapshot(*reader_, where_, *parse_utc(format("2026-01-15T{:02}:00:00Z", hour)), {});
  }

  std::string failure() {
    try {
      keep();
    } catch (const Error& error) {
      code_ = error.code();
      return error.what();
    }
    return "it was made";
  }

  std::set<std::string> files() const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(where_.directory)) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(where_.directory / name) << text;
  }

  NewPlace place_;
  TestDatabase database_{place_.name()};
  Store store_{database_};  // makes the tables
  std::unique_ptr<Connection> reader_ = database_.connect_reader();
  TemporaryDirectory folder_;
  KeptSnapshots where_{"", 2, "2025-26", "9.9.9"};
  Errc code_ = Errc::kInternal;
};

TEST_F(KeptSnapshotTest, IsADatabaseWithWhatIsToldOfItBesideIt) {
  const auto made = keep();
  EXPECT_THAT(files(),
              UnorderedElementsAre("nbasync-20260115T120000Z.db", "nbasync-20260115T120000Z.json"));
  SQLite::Database file(made.path, SQLite::OPEN_READONLY);
  EXPECT_EQ(file.execAndGet("PRAGMA integrity_check").getString(), "ok");
  EXPECT_EQ(file.execAndGet("PRAGMA journal_mode").getString(), "delete");
  EXPECT_EQ(file.execAndGet("SELECT count(*) FROM games").getInt(), 2);
  EXPECT_EQ(file.execAndGet("SELECT count(*) FROM v_games").getInt(), 2);

  const auto told =
      nlohmann::json::parse(std::ifstream(where_.directory / "nbasync-20260115T120000Z.json"));
  EXPECT_EQ(told["time"], "2026-01-15T12:00:00Z");
  EXPECT_EQ(told["season"], "2025-26");
  EXPECT_EQ(told["version"], "9.9.9");
  EXPECT_EQ(told["bytes"], fs::file_size(made.path));
  EXPECT_EQ(told["rows"]["games"], 2);
  EXPECT_EQ(told["rows"]["players"], 0);
  Process sum({"sha256sum", made.path});
  ASSERT_EQ(sum.wait(), 0);
  EXPECT_EQ(told["sha256"], sum.out().substr(0, 64));
}

TEST_F(KeptSnapshotTest, TheNewestStay) {
  keep(9);
  EXPECT_TRUE(keep(10).removed.empty());
  EXPECT_EQ(keep(11).removed.size(), 1U);
  where_.keep = 1;
  EXPECT_EQ(keep(12).removed.size(), 2U);
  EXPECT_THAT(files(),
              UnorderedElementsAre("nbasync-20260115T120000Z.db", "nbasync-20260115T120000Z.json"));
}

TEST_F(KeptSnapshotTest, OnlyWhatIsOursGoes) {
  fs::create_directory(where_.directory);
  write("nbasync-20200101T000000Z.db", "a copy of somebody's");
  write("nbasync-20200102T000000Z.db", "another");
  write("nbasync-20200102T000000Z.json", "{\"made_by\": \"somebody\"}");
  write("nbasync-20200103T000000Z.json", "no JSON");
  write("nbasync-20200104T000000Z.db", "renamed");
  write("nbasync-20200104T000000Z.json",
        R"({"made_by": "nbasyncd", "file": "nbasync-20250101T000000Z.db"})");
  write("other.json", R"({"made_by": "nbasyncd", "file": "other.db"})");
  const auto before = files();
  where_.keep = 1;
  for (int hour : {9, 10, 11}) keep(hour);
  auto after = files();
  EXPECT_EQ(after.erase("nbasync-20260115T110000Z.db"), 1U);
  EXPECT_EQ(after.erase("nbasync-20260115T110000Z.json"), 1U);
  EXPECT_EQ(after, before);
}

TEST_F(KeptSnapshotTest, WhatAKilledDaemonHasBegunGoesLater) {
  fs::create_directory(where_.directory);
  write(".nbasync-20260115T080000Z.db.part", "begun");
  write(".nbasync-20260115T090000Z.db.part", "begun by another, now");
  fs::last_write_time(where_.directory / ".nbasync-20260115T080000Z.db.part",
                      fs::file_time_type::clock::now() - std::chrono::hours(2));
  keep();
  EXPECT_EQ(files().count(".nbasync-20260115T080000Z.db.part"), 0U);
  EXPECT_EQ(files().count(".nbasync-20260115T090000Z.db.part"), 1U);
}

TEST_F(KeptSnapshotTest, AWrongDirectoryIsNamed) {
  where_.directory = folder_.path() / "no" / "such";
  EXPECT_THAT(failure(), HasSubstr(where_.directory.string() + ": No such file or directory"));
  where_.directory = folder_.path() / "file";
  std::ofstream(where_.directory) << "x";
  EXPECT_THAT(failure(), HasSubstr(where_.directory.string() + ": Not a directory"));
  EXPECT_EQ(code_, Errc::kStorage);
}

// Where a file may not grow, a write fails as on a full disk.
class NoRoom {
 public:
  explicit NoRoom(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit less{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &less);
    handler_ = ::signal(SIGXFSZ, SIG_IGN);
  }
  ~NoRoom() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = SIG_DFL;
};

TEST_F(KeptSnapshotTest, AFullDiskIsToldAndLeavesNothing) {
  keep(9);
  const auto before = files();
  {
    const NoRoom full(64 << 10);
    EXPECT_THAT(failure(), HasSubstr("the disk is full; make room there"));
  }
  EXPECT_EQ(code_, Errc::kStorageFull);
  EXPECT_EQ(files(), before);
  EXPECT_NO_THROW(keep(10)) << "the next one is made";
}

TEST_F(KeptSnapshotTest, AStopLeavesNothing) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(
      keep_snapshot(*reader_, where_, *parse_utc("2026-01-15T12:00:00Z"), stop.get_token()), Error);
  EXPECT_TRUE(files().empty());
}

// It is read at one moment, and nobody waits.
TEST_F(KeptSnapshotTest, ASyncWritesMeanwhile) {
  const auto writer = database_.connect_writer();
  writer->transaction(
      [&] {
        writer->run("INSERT INTO games (id, season) VALUES ('0022500003', '2025-26')", {}, {});
        const auto made = keep();
        SQLite::Database file(made.path, SQLite::OPEN_READONLY);
        EXPECT_EQ(file.execAndGet("SELECT count(*) FROM games").getInt(), 2);
      },
      {});
  EXPECT_NO_THROW(reader_->each("SELECT 1", {}, [](const Row&) {}, {})) << "it reads on";
}

}  // namespace
}  // namespace nbasync::testing
