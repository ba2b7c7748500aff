#pragma once

#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>

#include "integration/daemon/control_fixture.hpp"
#include "support/editions.hpp"
#include "support/file_text.hpp"
#include "support/io_faults.hpp"
#include "support/notify_socket.hpp"
#include "support/rounds.hpp"

namespace nbasync::testing {

// The real daemon, with faults of its database's files, and an upstream of two editions.
class FaultFixture : public ControlFixture {
 protected:
  FaultFixture() { editions_.publish(0); }

  // Before the start: another key of database, with its value.
  void configure_database(const std::string& key) const {
    std::string text = file_text(config_);
    const std::string place = "database: {";
    text.insert(text.find(place) + place.size(), key + ", ");
    std::ofstream(config_) << text;
  }

  // Starts it, and waits until it is ready; false if it ends first.
  bool start_ready() {
    manager_.rest();
    faults_.start([this] { daemon_ = spawn_daemon(); });
    const auto ceiling = std::chrono::steady_clock::now() + Process::kCeiling;
    while (std::chrono::steady_clock::now() < ceiling) {
      const auto message = manager_.next(std::chrono::milliseconds(20));
      if (message && message->find("READY=1") != std::string::npos) return true;
      if (!message && daemon_->wait(std::chrono::milliseconds(0))) return false;
    }
    return false;
  }

  // Of each table of data: its rows without the times at which they were written.
  std::map<std::string, std::size_t> tables() const {
    std::map<std::string, std::size_t> digests;
    for (const std::string table : {"nba_teams", "games", "team_game_logs", "team_season_stats",
                                    "league_averages", "todays_games"}) {
      const auto columns =
          query("SELECT group_concat(name, ', ') FROM pragma_table_info('" + table +
                "') WHERE name NOT LIKE '%_at' AND name != 'last_updated'");
      digests[table] = std::hash<std::string>{}(
          query("SELECT " + columns + " FROM " + table + " ORDER BY 1, 2"));
    }
    return digests;
  }

  // The tables when this edition is synced, by a daemon that lives.
  std::map<std::string, std::size_t> tables_of(std::size_t edition) {
    editions_.publish(edition);
    EXPECT_EQ(sync(R"({"sync_type":"full"})").status, 200);
    return tables();
  }

  NotifySocket manager_;
  IoFaults faults_{database_};
  Editions editions_{upstream_, NBASYNC_DEMO_SEASON};
};

}  // namespace nbasync::testing
