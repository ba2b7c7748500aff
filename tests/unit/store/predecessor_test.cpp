#include <algorithm>
#include <random>

#include "dataset/views.hpp"
#include "db/file_database.hpp"
#include "net/replay_file_name.hpp"
#include "store/run_log.hpp"
#include "support/decoding.hpp"
#include "support/file_text.hpp"
#include "support/predecessor_file.hpp"
#include "support/rounds.hpp"
#include "unit/store/store_fixture.hpp"

namespace nbasync {
namespace {

using testing::make_predecessor_file;
using testing::not_ours;
using testing::OpenStore;
using testing::predecessor_traits;

constexpr const char* kSeason = "2025-26";

// Many files, none of which outlives its test.
DatabaseOptions fast() {
  DatabaseOptions options;
  options.synchronous_full = false;
  return options;
}

// What the demo season's answers say, dataset by dataset.
std::vector<Decoded> decode_season(const std::string& path) {
  OpenStore store(path, fast());
  JsonDecoder decoder;
  std::vector<Decoded> all;
  for (const auto* dataset : catalog()) {
    // No predecessor's, and most of the rows.
    if (dataset == &kPlayerGameLogs || dataset == &kPlayerSeasonStats) continue;
    auto facts = testing::new_season(kSeason);
    facts.now = *parse_utc("2026-04-12T12:00:00Z");
    store.read(*dataset, facts, {});
    std::vector<Fetched> answers;
    for (const auto& request : dataset->requests(facts)) {
      answers.push_back({request, testing::file_text(std::filesystem::path(NBASYNC_DEMO_SEASON) /
                                                     replay_file_name(request))});
    }
    all.push_back(dataset->decode(decoder, answers, facts));
    store.apply(all.back(), facts, {});
  }
  return all;
}

class PredecessorTest : public testing::StoreFixture {
 protected:
  static void SetUpTestSuite() {
    const testing::TemporaryDirectory directory;
    season_ = new std::vector<Decoded>(decode_season(directory.path() / "season.db"));
  }
  static void TearDownTestSuite() { delete season_; }

  void make(const std::set<std::string>& traits, unsigned seed = 1) {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path_ + end);
    make_predecessor_file(path_, traits, seed);
  }

  void sync() {
    OpenStore store(path_, fast());
    for (const auto& decoded : *season_) apply(store, decoded);
  }

  // The file opens, is synced, keeps what is not ours, has what is ours, and stays as it is then.
  void expect_that_it_works() {
    const long log_rows = std::stol(ask("SELECT max(id) FROM data_sync_log"));
    const auto before = not_ours(path_, log_rows);
    ASSERT_NO_THROW(sync());
    expect_kept(before, not_ours(path_, log_rows));
    expect_season();
    expect_log(log_rows);
    const auto bytes = file_bytes();
    const auto log = log_bytes();
    sync();
    EXPECT_EQ(file_bytes(), bytes);
    EXPECT_EQ(log_bytes(), log);
  }

  static bool is_view_of_ours(const std::string& what) {
    return std::ranges::any_of(
        views(), [&](const View& view) { return what == "view " + std::string(view.name); });
  }

  // A table of ours may get columns, and views of ours come; nothing else may come or go.
  static void expect_kept(const std::map<std::string, std::string>& before,
                          const std::map<std::string, std::string>& after) {
    for (const auto& [what, text] : before) {
      const auto now = after.find(what);
      if (now == after.end()) {
        ADD_FAILURE() << what << " is gone: " << text;
      } else {
        EXPECT_EQ(now->second, text) << what;
      }
    }
    for (const auto& [what, text] : after) {
      const bool of_ours = what.find('.') != std::string::npos || is_view_of_ours(what);
      EXPECT_TRUE(of_ours || before.contains(what)) << what << " is new: " << text;
    }
  }

  void expect_season() {
    EXPECT_EQ(ask("SELECT count(*) FROM nba_teams WHERE season = '2025-26'"), "30");
    EXPECT_EQ(ask("SELECT count(DISTINCT team_abbreviation) || count(conference) FROM nba_teams "
                  "WHERE season = '2025-26'"),
              "3030");
    EXPECT_EQ(ask("SELECT team_abbreviation FROM nba_teams WHERE team_id = 1610612737"), "ATL");
    EXPECT_EQ(ask("SELECT count(*) FROM games WHERE season = '2025-26' AND id LIKE '00%'"), "1231");
    EXPECT_EQ(ask("SELECT predicted_total FROM games WHERE id = '0022500001'"), "221.5");
    EXPECT_EQ(
        ask("SELECT count(*) FROM team_game_logs WHERE season = '2025-26' AND game_id LIKE '00%'"),
        "2460");
    const std::string stats =
        "FROM team_season_stats WHERE season = '2025-26' AND split_type IN ('overall', 'home', "
        "'away')";
    EXPECT_EQ(ask("SELECT count(*) " + stats), "90");
    EXPECT_EQ(ask("SELECT max(fg_pct) < 1 " + stats), "1");
    EXPECT_EQ(ask("SELECT ppg > 50 FROM league_averages WHERE season = '2025-26'"), "1");
    EXPECT_EQ(ask("SELECT count(*) || max(game_status_text LIKE '% ') || min(game_time_utc > '2') "
                  "FROM todays_games WHERE game_date = '2026-04-12' AND game_id LIKE '00%'"),
              "1501");
  }

  RunRecord begun(const char* run_id, const char* type) const {
    RunRecord run;
    run.run_id = run_id;
    run.sync_type = type;
    run.season = kSeason;
    run.started_at = now_;
    return run;
  }

  // Old runs and new ones are listed; none is under way but the one that is.
  void expect_log(long log_rows) {
    const FileDatabase database(path_);
    const auto log = database.connect_writer();
    EXPECT_TRUE(run_log::open_rows(*log, {}).empty());
    const auto old = run_log::list(*log, 1000, {}, {});
    EXPECT_EQ(std::ssize(old), std::stol(ask("SELECT count(*) FROM data_sync_log")));
    for (const auto& run : old) {
      EXPECT_NE(run.status, RunStatus::kStarted) << run.run_id;
      EXPECT_TRUE(run_log::find(*log, run.run_id, {})) << run.run_id;
    }
    auto run = begun("new", "full");
    run.steps.push_back(begun("new/teams", "teams"));
    log->transaction([&] { run_log::write(*log, run, {}); }, {});
    EXPECT_EQ(run_log::open_rows(*log, {}).size(), 2U);
    for (auto* row : {&run, &run.steps.front()}) {
      row->status = RunStatus::kSuccess;
      row->completed_at = now_;
    }
    log->transaction([&] { run_log::write(*log, run, {}); }, {});
    EXPECT_TRUE(run_log::open_rows(*log, {}).empty());
    EXPECT_EQ(run_log::last_success(*log, kSeason, {}).at("teams"), now_);
    const auto runs = run_log::list(*log, 1000, {}, {});
    ASSERT_EQ(runs.size(), old.size() + 1);
    EXPECT_EQ(runs.front().run_id, "new");
    EXPECT_EQ(ask("SELECT min(id) > " + std::to_string(log_rows) +
                  " FROM data_sync_log WHERE run_id LIKE 'new%'"),
              "1");
  }

  inline static std::vector<Decoded>* season_ = nullptr;
};

TEST_F(PredecessorTest, AFileWithEachTraitAloneOpensIsSyncedAndKeepsWhatIsNotOurs) {
  const auto traits = predecessor_traits();
  for (std::size_t i = 0; i < traits.size(); i += testing::stride(1)) {
    SCOPED_TRACE(traits[i]);
    make({traits[i]});
    expect_that_it_works();
  }
}

TEST_F(PredecessorTest, AndOneWithAllOfThem) {
  const auto traits = predecessor_traits();
  make({traits.begin(), traits.end()});
  expect_that_it_works();
}

TEST_F(PredecessorTest, AndOnesWithAnyOfThem) {
  for (unsigned seed = 2; seed < 2 + testing::rounds(8); ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::set<std::string> traits;
    for (const auto& trait : predecessor_traits()) {
      if (random() % 2 == 0) traits.insert(trait);
    }
    make(traits, seed);
    expect_that_it_works();
  }
}

}  // namespace
}  // namespace nbasync
