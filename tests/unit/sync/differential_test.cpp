#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <vector>

#include "dataset/catalog.hpp"
#include "dataset/date.hpp"
#include "support/open_store.hpp"
#include "support/rounds.hpp"
#include "sync/dataset_step.hpp"
#include "unit/sync/league.hpp"

namespace nbasync {
namespace {

using testing::JsonRow;
using testing::League;

// Whatever answers a database has had, and whatever somebody did to its rows: after one good full
// sync its data tables are what a fresh database has from that same answer. Left out are the times
// of writing; and games that vanish from upstream after they have begun, which the guards keep.
class DifferentialTest : public ::testing::TestWithParam<int> {
 protected:
  DifferentialTest() : random_(static_cast<unsigned>(GetParam())) {
    for (int i = 0; i < 40; ++i) {
      League::Game game;
      game.id = format("00{}25{:05}", i < 30 ? 2 : i < 32 ? 5 : 4, i + 1);
      game.date = days_before("2026-01-10", 20 - i);
      game.home = between(1, League::kTeams);
      do {
        game.away = between(1, League::kTeams);
      } while (game.away == game.home);
      game.neutral = i % 9 == 8;
      league_.games.push_back(game);
    }
    to_day("2026-01-01");
  }

  int between(int least, int most) {
    return std::uniform_int_distribution<int>(least, most)(random_);
  }

  // Games of past days are played, some of today's are under way.
  void to_day(const std::string& day) {
    league_.board_day = day;
    now_ = *parse_utc(day + "T12:00:00Z") + std::chrono::hours{14};
    for (auto& game : league_.games) {
      if (game.date > day || game.status == "final") continue;
      if (game.status == "postponed" && game.date == day) continue;
      game.status = game.date == day ? (between(0, 1) == 0 ? "live" : "final") : "final";
      game.home_score = between(80, 130);
      game.away_score = game.home_score + (between(0, 1) == 0 ? -3 : 4);
    }
  }

  // One full sync; each step may fail.
  void sync(const std::string& place, SystemTime now) {
    testing::OpenStore store(place);
    DatasetPlanner planner(store, league_, ServiceOptions());
    SyncJob job;
    job.request.sync_type = "full";
    job.request.season = "2025-26";
    job.started_at = now;
    store.begin("run", {});
    for (const auto& step : planner.plan(job).steps) {
      try {
        step->prepare(now, {});
        step->fetch([] {}, {});
        step->store(now, {});
      } catch (const Error& error) {
        errors_ += format("{}: {}\n", step->name(), error.what());
      }
    }
  }

  // One of the things that happen.
  void happen() {
    switch (between(0, 7)) {
      case 0:  // a day passes
        to_day(days_before(league_.board_day, -1));
        break;
      case 1: {  // a correction
        auto& game = any_game();
        if (game.status == "final") game.home_score += 10;
        break;
      }
      case 2: {  // a game is moved, or put off
        auto& game = any_game();
        if (game.status == "final" || game.status == "live") break;
        game.status = between(0, 1) == 0 ? "postponed" : "scheduled";
        game.date = days_before(game.date, -between(1, 5));
        if (game.date <= league_.board_day) game.date = days_before(league_.board_day, -1);
        break;
      }
      case 3: {  // a game that has not begun is off
        const auto at = static_cast<std::size_t>(between(0, int(league_.games.size()) - 1));
        if (league_.games[at].status == "scheduled") {
          league_.games.erase(league_.games.begin() + static_cast<std::ptrdiff_t>(at));
        }
        break;
      }
      case 4:  // answers are cut, or empty, or have other numbers
        league_.spoil = [this](const Request&, std::vector<JsonRow>& rows) {
          const int what = between(0, 5);
          if (what == 0) rows.clear();
          if (what == 1) rows.resize(rows.size() / 2);
          if (what == 2 && !rows.empty()) rows.pop_back();
          if (what == 3 && !rows.empty()) rows.front()["GP"] = "3";
        };
        sync(lived_.name(), now_);
        league_.spoil = nullptr;
        break;
      case 5: {  // an older copy
        const auto now = league_.games;
        for (auto& game : league_.games) {
          if (game.date >= days_before(league_.board_day, 1)) game.status = "scheduled";
        }
        sync(lived_.name(), now_);
        league_.games = now;
        break;
      }
      case 6:
        edit();
        break;
      default:
        break;
    }
  }

  League::Game& any_game() {
    return league_.games[static_cast<std::size_t>(between(0, int(league_.games.size()) - 1))];
  }

  // Somebody has been at the rows.
  void edit() {
    const char* statements[] = {
        "DELETE FROM team_game_logs WHERE CAST(substr(game_id, 6) AS INTEGER) % 3 = 0",
        "DELETE FROM team_season_stats",
        "DELETE FROM games WHERE CAST(substr(id, 6) AS INTEGER) % 2 = 0",
        "DELETE FROM nba_teams WHERE team_id = 3",
        "DELETE FROM league_averages",
        "DELETE FROM standings WHERE team_id > 2",
        "UPDATE team_game_logs SET team_pts = 1, pace = 2, rest_days = 77 WHERE "
        "CAST(substr(game_id, 6) AS INTEGER) % 4 = 0",
        "UPDATE team_game_logs SET pace = NULL, opp_pace = NULL, matchup = 'x'",
        "UPDATE games SET home_score = 5, arena = NULL, label = 'mine' WHERE CAST(substr(id, 6) AS "
        "INTEGER) % 2 = 0",
        "UPDATE team_season_stats SET ppg = 0, ppg_rank = 1",
        "UPDATE nba_teams SET city = 'Nowhere'",
        "UPDATE standings SET team_abbreviation = 'XXX', wins = 99",
        "UPDATE todays_games SET home_team_score = 99",
        "UPDATE league_averages SET pace = 1",
        "DELETE FROM players WHERE player_id % 2 = 0",
        "DELETE FROM player_game_logs WHERE CAST(substr(game_id, 6) AS INTEGER) % 3 = 0",
        "DELETE FROM player_season_stats",
        "UPDATE players SET team_id = NULL, season = '2024-25', roster_status = 7",
        "UPDATE player_game_logs SET points = 99, is_home = NULL",
        "UPDATE player_season_stats SET usg_pct = NULL, points = 0",
    };
    testing::execute(lived_.name(), statements[between(0, int(std::size(statements)) - 1)]);
  }

  // All data, without the times of writing.
  static std::string dump(const std::string& place, const std::string& today) {
    const auto connection = testing::look_at(place);
    std::string all;
    for (const Table* table : tables()) {
      std::string columns;
      std::string keys;
      for (const Column& column : table->columns) {
        columns += format("{}{}", columns.empty() ? "" : ", ", column.name);
        if (column.key) keys += format("{}{}", keys.empty() ? "" : ", ", column.name);
      }
      // The scoreboard's past days are kept for a week.
      const bool of_days = table == &kTodaysGamesTable;
      const std::vector<Value> days(of_days ? 1 : 0, today);
      connection->each(format("SELECT {} FROM {} {} ORDER BY {}", columns, table->name,
                              of_days ? "WHERE game_date = $1" : "", keys),
                       days,
                       [&](Row row) {
                         all += format("{}:", table->name);
                         for (std::size_t c = 0; c < row.size(); ++c) {
                           all += format(" {}={}:{}", table->columns[c].name, row[c].index(),
                                         to_text(row[c]));
                         }
                         all += '\n';
                       },
                       {});
    }
    return all;
  }

  testing::NewPlace lived_;
  testing::NewPlace fresh_;
  std::mt19937 random_;
  League league_;
  SystemTime now_;
  std::string errors_;
};

// The first lines that one has and the other has not.
std::string difference(const std::string& one, const std::string& other) {
  std::string found;
  for (std::size_t start = 0; start < one.size() && found.size() < 4'000;) {
    const auto end = one.find('\n', start);
    const auto line = one.substr(start, end - start + 1);
    if (other.find(line) == std::string::npos) found += line;
    start = end + 1;
  }
  return found;
}

TEST_P(DifferentialTest, OneGoodSyncMakesTheDataWhatAFreshDatabaseHas) {
  sync(lived_.name(), now_);
  for (int step = 0; step < 12; ++step) {
    happen();
    if (between(0, 1) == 0) sync(lived_.name(), now_);
  }
  // What was put off has its day, or not; and a day has passed since the last game.
  to_day(days_before(league_.board_day, -1));
  now_ += std::chrono::hours{24 * 2};
  for (auto& game : league_.games) {
    if (game.status == "live") game.status = "final";
  }
  sync(lived_.name(), now_);  // closes past days
  errors_.clear();
  sync(lived_.name(), now_);
  EXPECT_EQ(errors_, "");
  sync(fresh_.name(), now_);
  sync(fresh_.name(), now_);  // names of teams come with the logs
  EXPECT_EQ(errors_, "");
  const auto lived = dump(lived_.name(), league_.board_day);
  const auto wanted = dump(fresh_.name(), league_.board_day);
  EXPECT_EQ(difference(lived, wanted), "") << "that the fresh one has not";
  EXPECT_EQ(difference(wanted, lived), "") << "that only the fresh one has";
}

INSTANTIATE_TEST_SUITE_P(Lives, DifferentialTest, ::testing::Range(1, [] {
                           return 1 + static_cast<int>(testing::from_environment(
                                          "NBASYNC_LIVES", testing::rounds(40)));
                         }()));

}  // namespace
}  // namespace nbasync
