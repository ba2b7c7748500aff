#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "support/file_text.hpp"
#include "support/private_bus.hpp"
#include "support/process.hpp"
#include "support/stand_in.hpp"
#include "support/temporary_directory.hpp"
#include "support/test_engine.hpp"

namespace nbasync::testing {

// The real nbasyncd and nbasyncctl, on a private bus, with an upstream of the test's own that
// serves the demo season; over either engine.
class DaemonFixture : public ::testing::Test {
 protected:
  explicit DaemonFixture(PrivateBus::Kind bus = PrivateBus::Kind::kSession)
      : bus_word_(bus == PrivateBus::Kind::kSession ? "session" : "system"), bus_(bus) {
    std::ofstream(config_) << "season: 2025-26\n"
                           << place_.configuration() << "upstream:\n"
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

  // Upstream is as on this day from now on.
  void it_is(const std::string& day) {
    const std::filesystem::path edition = std::filesystem::path(NBASYNC_DEMO) / day;
    for (const auto& file : std::filesystem::directory_iterator(edition)) {
      upstream_.set_body(file.path().stem().string(), file_text(file.path()));
    }
  }

  // Until this one of upstream's answers was asked for.
  void await_request(const std::string& endpoint) const {
    for (;;) {
      const auto all = upstream_.count();
      if (upstream_.count(endpoint) > 0) return;
      ASSERT_TRUE(upstream_.wait_for_requests(all + 1)) << endpoint;
    }
  }

  // Full syncs have the players too, whose lines are ten times the rows of all others.
  void full_is_all() const { std::filesystem::remove(without_players_); }

  std::unique_ptr<Process> spawn_daemon() const {
    return std::make_unique<Process>(
        std::vector<std::string>{NBASYNCD, "--config", config_.string()});
  }

  void start_daemon() {
    daemon_ = spawn_daemon();
    wait_until_it_serves();
  }

  // It may have told first, also on the bus, that another had the database.
  void wait_until_it_serves() const {
    ASSERT_TRUE(daemon_->wait_for("daemon started")) << daemon_->err();
    if (asks_postgres()) {
      ASSERT_TRUE(daemon_->wait_for("the lock is taken")) << daemon_->err();
    }
    const std::string& log = daemon_->err();
    const auto started = log.find("daemon started");
    std::size_t before = 0;
    for (auto at = log.find("bus connected"); at < started;
         at = log.find("bus connected", at + 1)) {
      ++before;
    }
    ASSERT_TRUE(daemon_->wait_for("bus connected", before + 1)) << daemon_->err();
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

  // The rows of the answer, a line each, as "a|b".
  std::string query(const std::string& sql) const {
    std::string text;
    look_at(database_.string())
        ->each(sql, {},
               [&](Row row) {
                 if (!text.empty()) text += '\n';
                 for (std::size_t c = 0; c < row.size(); ++c) {
                   text += (c == 0 ? "" : "|") + to_text(row[c]);
                 }
               },
               {});
    return text;
  }

  // Changes the database beside the daemon, by one statement or more.
  void execute(const std::string& sql) const { testing::execute(database_.string(), sql); }

  // Rows of the four big tables, as "teams|games|logs|stats".
  std::string row_counts() const {
    return query(
        "SELECT (SELECT count(*) FROM nba_teams), (SELECT count(*) FROM games), "
        "(SELECT count(*) FROM team_game_logs), (SELECT count(*) FROM team_season_stats)");
  }

  NewPlace place_;
  const TemporaryDirectory& directory_ = place_.directory();
  std::filesystem::path database_ = place_.name();  // over a PostgreSQL its URL
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
