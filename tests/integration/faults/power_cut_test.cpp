#include "support/power_cut.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <vector>

#include "integration/faults/fault_fixture.hpp"

// The power is cut: what a real daemon wrote is recorded, and cut off at any place.

namespace nbasync::testing {
namespace {

class PowerCutTest : public FaultFixture {
 protected:
  // A caller was told of a success when so much had been written.
  struct Told {
    std::size_t bytes;
    std::string run;
  };
  // What was found after how many cuts.
  struct Findings {
    int damaged = 0;  // databases
    int lost = 0;     // runs of which a caller had been told
    std::string first;
  };

  void record_syncs(const std::string& synchronous) {
    configure_database("synchronous: " + synchronous);
    faults_.record_to(record_);
    ASSERT_TRUE(start_ready());
    for (std::size_t edition = 0; edition < 6; ++edition) {
      editions_.publish(edition);
      for (const std::string type : {"teams", "season_stats", "todays_games"}) {
        const auto reply = sync(R"({"sync_type":")" + type + "\"}");
        ASSERT_EQ(reply.status, 200) << reply.body;
        told_.push_back({std::filesystem::file_size(record_),
                         nlohmann::json::parse(reply.body).value("run_id", "")});
      }
    }
    daemon_->signal(SIGKILL);
    ASSERT_EQ(daemon_->wait(), -SIGKILL);
  }

  Findings cut(bool keeps_sync) {
    PowerCut disk(record_, keeps_sync);
    std::mt19937 random(20251125);
    std::uniform_int_distribution<std::size_t> any(0, disk.changes());
    std::vector<std::size_t> cuts(
        static_cast<std::size_t>(from_environment("NBASYNC_CUTS", rounds(200))));
    std::ranges::generate(cuts, [&] { return any(random); });
    std::ranges::sort(cuts);
    Findings findings;
    for (std::size_t index = 0; index < cuts.size(); ++index) {
      disk.advance_to(cuts[index]);
      for (const auto* end : {"", "-wal", "-shm", "-journal", ".lock"}) {
        std::filesystem::remove(database_.string() + end);
      }
      for (const auto& [name, content] : disk.files(random)) {
        std::ofstream(directory_.path() / name, std::ios::binary) << content;
      }
      look(disk, cuts[index], findings);
      if (keeps_sync && (index % 40 == 0 || index < 5)) {
        EXPECT_EQ(once("teams"), 0) << "after change " << cuts[index] << ": " << err_;
        EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
      }
    }
    return findings;
  }

  void look(const PowerCut& disk, std::size_t changes, Findings& findings) {
    std::string wrong;
    try {
      // Opening it for writing recovers it.
      SQLite::Database db(database_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      const auto verdict = db.execAndGet("PRAGMA integrity_check").getString();
      if (verdict != "ok") wrong = verdict;
      for (const auto& told : told_) {
        if (!wrong.empty() || disk.changes_in(told.bytes) > changes) break;
        SQLite::Statement row(db, "SELECT status FROM data_sync_log WHERE run_id = ?");
        row.bind(1, told.run);
        if (!row.executeStep() || row.getColumn(0).getString() != "success") ++findings.lost;
      }
    } catch (const SQLite::Exception& error) {
      wrong = error.what();
    }
    if (wrong.empty()) return;
    ++findings.damaged;
    if (findings.first.empty()) {
      findings.first = "after change " + std::to_string(changes) + ": " + wrong;
    }
  }

  std::filesystem::path record_ = directory_.path() / "record";
  std::vector<Told> told_;
};

TEST_F(PowerCutTest, WithSynchronousFullNothingIsDamagedAndNoRunThatWasToldIsLost) {
  record_syncs("full");
  const auto found = cut(true);
  EXPECT_EQ(found.damaged, 0) << found.first;
  EXPECT_EQ(found.lost, 0);
}

TEST_F(PowerCutTest, WithSynchronousNormalNothingIsDamaged) {
  record_syncs("normal");
  const auto found = cut(true);
  EXPECT_EQ(found.damaged, 0) << found.first;
}

// That the cuts are hard enough.
TEST_F(PowerCutTest, OnADiskThatDoesNotSyncItIsDamaged) {
  record_syncs("full");
  const auto found = cut(false);
  std::printf("damaged %d, lost %d\n", found.damaged, found.lost);
  EXPECT_GT(found.damaged, 20);
}

}  // namespace
}  // namespace nbasync::testing
