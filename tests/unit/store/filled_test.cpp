#include "store/filled.hpp"

#include "store/run_log.hpp"
#include "unit/store/store_fixture.hpp"

namespace nbasync {
namespace {

class FilledTest : public testing::StoreFixture {
 protected:
  Filled read() { return read_filled(*testing::TestDatabase(path_).connect_reader(), {}); }

  void log(const std::string& id, RunStatus status, const std::string& by) {
    RunRecord run;
    run.run_id = id;
    run.sync_type = "full";
    run.status = status;
    run.triggered_by = by;
    run.started_at = run.completed_at = now_;
    const auto connection = testing::TestDatabase(path_).connect_writer();
    connection->transaction([&] { run_log::write(*connection, run, {}); }, {});
  }

  testing::OpenStore store_{path_};
};

TEST_F(FilledTest, ANewDatabaseIsEmptyUntilATableOfTheDataHasARow) {
  EXPECT_EQ(read(), (Filled{true, false}));
  log("a", RunStatus::kFailed, "dbus");
  EXPECT_EQ(read(), (Filled{true, false})) << "the log is no data";
  apply(store_, day("2026-01-15", {{"0022500001", std::int64_t{1}}}));
  EXPECT_EQ(read(), (Filled{false, false}));
}

TEST_F(FilledTest, WhatAStartAskedForIsUnfinishedUntilItSucceeds) {
  log("a", RunStatus::kStarted, "startup");
  EXPECT_TRUE(read().unfinished);
  log("a/teams", RunStatus::kSuccess, "startup");
  EXPECT_TRUE(read().unfinished) << "a step is not the whole";
  log("b", RunStatus::kSuccess, "startup");
  EXPECT_FALSE(read().unfinished);
}

}  // namespace
}  // namespace nbasync
