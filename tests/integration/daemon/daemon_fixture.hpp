#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "support/private_bus.hpp"
#include "support/process.hpp"
#include "support/stand_in.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// The real nbasyncd and nbasyncctl, on a private bus, with an upstream of the test's own that
// serves the demo season.
class DaemonFixture : public ::testing::Test {
 protected:
  explicit DaemonFixture(PrivateBus::Kind bus = PrivateBus::Kind::kSession)
      : bus_word_(bus == PrivateBus::Kind::kSession ? "session" : "system"), bus_(bus) {
    std::ofstream(config_) << "season: 2025-26\n"
                           << "database: {path: " << database_ << "}\n"
                           << "upstream:\n"
                           << "  stats_url: " << upstream_.stats_url() << "\n"
                           << "  cdn_url: " << upstream_.cdn_url() << "\n"
                           << "  min_interval: 0s\n"
                           << "dbus: {bus: " << bus_word_ << "}\n"
                           << "control: {socket: " << socket_ << "}\n";
    // What a test sees asked of upstream, it has asked for. In a file of its own: a test may write
    // the section itself.
    std::filesystem::create_directory(drop_ins_);
    std::ofstream(drop_ins_ / "00-fixture.yaml") << "sync: {on_start: never}\n";
    std::ofstream(without_players_)
        << "sync: {full: [teams, schedule, season_stats, game_logs, todays_games]}\n";
  }

  // Full syncs have the players too, whose lines are ten times the rows of all others.
  void full_is_all() const { std::filesystem::remove(without_players_); }

  std::unique_ptr<Process> spawn_daemon() const {
    return std::make_unique<Process>(
        std::vector<std::string>{NBASYNCD, "--config", config_.string()});
  }

  void start_daemon() {
    daemon_ = spawn_daemon();
    ASSERT_TRUE(daemon_->wait_for("bus connected")) << daemon_->err();
  }

  std::unique_ptr<Process> spawn_client(std::vector<std::string> words) const {
    words.insert(words.begin(), {NBASYNCCTL, "--" + bus_word_});
    return std::make_unique<Process>(words);
  }

  // Runs the client to its end: its exit status.
  int client(std::vector<std::string> words) {
    auto process = spawn_client(std::move(words));
    const auto status = process->wait();
    out_ = process->out();
    err_ = process->err();
    return status.value_or(-1000);
  }

  // Runs --once to its end: its exit status.
  int once(const std::string& type) {
    Process process({NBASYNCD, "--config", config_.string(), "--once", type});
    const auto status = process.wait();
    out_ = process.out();
    err_ = process.err();
    return status.value_or(-1000);
  }

  std::string query(const std::string& sql) const {
    SQLite::Database db(database_.string(), SQLite::OPEN_READONLY);
    SQLite::Statement statement(db, sql);
    std::string text;
    while (statement.executeStep()) {
      for (int i = 0; i < statement.getColumnCount(); ++i) {
        text += (i == 0 ? "" : "|") + statement.getColumn(i).getString();
      }
      text += '\n';
    }
    if (!text.empty()) text.pop_back();
    return text;
  }

  // Rows of the four big tables, as "teams|games|logs|stats".
  std::string row_counts() const {
    return query(
        "SELECT (SELECT count(*) FROM nba_teams), (SELECT count(*) FROM games), "
        "(SELECT count(*) FROM team_game_logs), (SELECT count(*) FROM team_season_stats)");
  }

  TemporaryDirectory directory_;
  std::filesystem::path database_ = directory_.path() / "nba_data.db";
  std::filesystem::path socket_ = directory_.path() / "nbasync.sock";
  std::filesystem::path config_ = directory_.path() / "nbasyncd.yaml";
  std::filesystem::path drop_ins_ = directory_.path() / "conf.d";
  std::filesystem::path without_players_ = drop_ins_ / "10-full.yaml";
  std::string bus_word_;  // for the configuration and the client
  PrivateBus bus_;
  StandIn upstream_{NBASYNC_DEMO_SEASON};
  std::unique_ptr<Process> daemon_;
  std::string out_;
  std::string err_;
};

}  // namespace nbasync::testing
