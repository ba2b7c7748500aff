#include "app/engine.hpp"

#include <filesystem>
#include <optional>
#include <string>

#include "app/chosen_database.hpp"
#include "db/file_database.hpp"
#include "protocol/names.hpp"
#include "store/run_log.hpp"
#include "support/fake_clock.hpp"
#include "support/manual_executor.hpp"
#include "timer/tick.hpp"
#include "unit/app/app_fixture.hpp"

namespace nbasync {
namespace {

class EngineTest : public testing::AppFixture {
 protected:
  EngineTest() { database_.lock().try_lock("daemon", clock_.wall()); }
  ~EngineTest() override { executor_.drain(); }

  Engine& start() {
    engine_.reset();
    auto& database = database_.open();
    readers_.emplace(executor_, database, 2);
    return engine_.emplace(
        config_,
        Engine::Parts{Threads{executor_, executor_, executor_, executor_}, wheel_, clock_, database,
                      database_.lock(), *readers_, hosts_},
        Engine::prepare(config_, database, clock_));
  }

  RunRecord sync(const std::string& type, RunRecord ended = {}) {
    SyncRequest request;
    request.sync_type = type;
    request.triggered_by = "once";
    engine_->service().sync(request, nullptr, [&](const RunRecord& run) { ended = run; });
    executor_.drain();
    return ended;
  }

  std::optional<RunRecord> find(const std::string& run_id) const {
    return run_log::find(*FileDatabase(config_.database.path).connect_reader(), run_id, {});
  }

  testing::ManualExecutor executor_;
  testing::FakeClock clock_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  ChosenDatabase database_{config_};
  std::optional<ReadPool> readers_;
  UpstreamHosts hosts_;
  std::optional<Engine> engine_;
};

TEST_F(EngineTest, SyncsFromUpstreamIntoTheDatabaseAndTheLog) {
  start();
  const auto run = sync("teams");
  EXPECT_EQ(run.status, RunStatus::kSuccess) << run.error_message;
  EXPECT_EQ(run.inserted, 2);
  EXPECT_EQ(find(run.run_id)->inserted, 2);
  EXPECT_EQ(engine_->service().brief_status().version, protocol::kVersion);
}

TEST_F(EngineTest, AfterARunOldRowsOfTheFeedGo) {
  config_.sync.changes = {.keep = std::chrono::hours(24), .rows = 1'000};
  start();
  sync("teams");
  const auto changes = [&] {
    std::string numbers;
    FileDatabase(config_.database.path)
        .connect_reader()
        ->each("SELECT group_concat(seq) FROM nbasync_changes", {},
               [&](const Row& row) { numbers = to_text(row[0]); }, {});
    return numbers;
  };
  EXPECT_EQ(changes(), "1,2,3,4");
  clock_.advance(std::chrono::hours(25));
  sync("teams");
  EXPECT_EQ(changes(), "4") << "the newest stays";
}

// The feed cannot be cleaned: the run is a success all the same, and its row is there.
TEST_F(EngineTest, ASuccessIsOneAlsoIfOldRowsOfTheFeedStay) {
  config_.sync.changes.keep = std::chrono::hours(24);
  start();
  sync("teams");
  FileDatabase(config_.database.path)
      .connect_writer()
      ->run(
          "CREATE TRIGGER mine BEFORE DELETE ON nbasync_changes BEGIN SELECT RAISE(ABORT, "
          "'mine'); END",
          {}, {});
  clock_.advance(std::chrono::hours(25));
  const auto run = sync("teams");
  EXPECT_EQ(run.status, RunStatus::kSuccess);
  EXPECT_EQ(find(run.run_id)->status, RunStatus::kSuccess);
}

TEST_F(EngineTest, ClosesWhatACrashLeftOpen) {
  start();
  const auto run = sync("teams");
  {
    auto row = *find(run.run_id);
    row.status = RunStatus::kStarted;
    row.completed_at.reset();
    const auto connection = FileDatabase(config_.database.path).connect_writer();
    connection->transaction([&] { run_log::write(*connection, row, {}); }, {});
  }
  engine_.reset();
  start();
  EXPECT_EQ(find(run.run_id)->status, RunStatus::kInterrupted);
  EXPECT_EQ(engine_->service().recent().at(0).status, RunStatus::kInterrupted);
}

TEST_F(EngineTest, AChangedUpstreamIsInForceFromTheNextRunOn) {
  start();
  config_.upstream.stats_url = "file://" + (directory_.path() / "nowhere").string();
  engine_->reconfigure(config_);
  EXPECT_EQ(sync("teams").error_code, "upstream-unreachable");
}

TEST_F(EngineTest, AFullRunTellsOfEachStepThatFailed) {
  start();
  const auto run = sync("full");
  EXPECT_EQ(run.status, RunStatus::kFailed);
  ASSERT_GT(run.steps.size(), 2U);
  EXPECT_EQ(run.steps[0].status, RunStatus::kSuccess);
  EXPECT_EQ(run.inserted, 2) << "what succeeded is counted";
  for (std::size_t step = 1; step < run.steps.size(); ++step) {
    EXPECT_THAT(run.error_message,
                ::testing::HasSubstr("step " + run.steps[step].sync_type + ": "));
  }
  EXPECT_EQ(find(run.run_id)->steps.size(), run.steps.size());
}

// The status, which is told from memory, is of the file that is there.
TEST_F(EngineTest, AFileThatTookThePlaceOfTheDatabaseIsWhatTheStatusTells) {
  const auto database = config_.database.path.string();
  const auto copy = (directory_.path() / "copy.db").string();
  start();
  const auto old = sync("teams");
  {
    const auto connection = FileDatabase(database).connect_writer();
    auto row = *find(old.run_id);
    row.run_id = "under-way";
    row.status = RunStatus::kStarted;
    connection->transaction([&] { run_log::write(*connection, row, {}); }, {});
    connection->run("VACUUM INTO '" + copy + "'", {}, {});
    connection->run("DELETE FROM data_sync_log WHERE run_id = 'under-way'", {}, {});
  }
  clock_.advance(std::chrono::hours(1));
  ASSERT_EQ(sync("teams").status, RunStatus::kSuccess);
  EXPECT_EQ(engine_->service().recent().size(), 2U);
  executor_.drain();
  std::filesystem::rename(copy, database);
  clock_.advance(std::chrono::seconds(2));
  engine_->service().brief_status();
  executor_.drain();
  const auto& recent = engine_->service().recent();
  ASSERT_EQ(recent.size(), 2U);
  EXPECT_EQ(recent[0].run_id, "under-way");
  EXPECT_EQ(recent[0].status, RunStatus::kInterrupted);
  EXPECT_EQ(recent[1].run_id, old.run_id);
  EXPECT_EQ(engine_->service().last_success().at("teams"), old.completed_at);
  clock_.advance(std::chrono::seconds(1));  // the log's writer was told, and tries again
  wheel_.advance(to_tick(clock_.steady()));
  executor_.drain();
  EXPECT_EQ(find("under-way")->status, RunStatus::kInterrupted) << "of a process that is no more";
}

TEST_F(EngineTest, OfAFileThatIsGoneNothingIsFreshUntilItIsBack) {
  const auto database = config_.database.path;
  const auto elsewhere = directory_.path() / "elsewhere.db";
  start();
  sync("teams");
  const auto known = [this] {
    clock_.advance(std::chrono::seconds(2));
    engine_->service().brief_status();
    executor_.drain();
    return engine_->service().last_success().size();
  };
  EXPECT_EQ(known(), 1U);
  std::filesystem::rename(database, elsewhere);
  EXPECT_EQ(known(), 0U);
  EXPECT_FALSE(std::filesystem::exists(database)) << "who asks makes no file";
  std::filesystem::rename(elsewhere, database);
  EXPECT_EQ(known(), 1U);
}

TEST_F(EngineTest, ItsEndWaitsForTheLogToBeWritten) {
  start();
  SyncRequest request;
  request.sync_type = "teams";
  std::string run_id;
  engine_->service().sync(
      request, [&](const Admission& admission) { run_id = admission.run_id; }, nullptr);
  executor_.turn();
  bool stopped = false;
  engine_->shut_down([&] { stopped = true; });
  EXPECT_FALSE(stopped);
  executor_.drain();
  EXPECT_TRUE(stopped);
  EXPECT_EQ(find(run_id)->status, RunStatus::kInterrupted);
}

}  // namespace
}  // namespace nbasync
