#pragma once

#include <gmock/gmock.h>

#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "integration/daemon/daemon_fixture.hpp"

namespace nbasync::testing {

// The ways in which nbasyncctl reaches the daemon.
inline constexpr const char* kOverSocket = "Socket";
inline constexpr const char* kOverBus = "Bus";

// The real nbasyncctl and the real nbasyncd, over one of the client's back ends.
class ClientFixture : public DaemonFixture {
 protected:
  using Words = std::vector<std::string>;

  std::unique_ptr<Process> spawn(const std::string& way, Words words) const {
    if (way == kOverSocket) {
      words.insert(words.end(), {"--socket", socket_.string()});
    } else {
      words.emplace_back("--session");
    }
    words.insert(words.begin(), NBASYNCCTL);
    return std::make_unique<Process>(words);
  }

  // Runs it to its end: its exit status.
  int run(const std::string& way, Words words) {
    auto process = spawn(way, std::move(words));
    const auto status = process->wait();
    out_ = process->out();
    err_ = process->err();
    return status.value_or(-1000);
  }

  // What it prints with --json, whatever its exit status.
  nlohmann::json json_of(const std::string& way, Words words) {
    words.emplace_back("--json");
    run(way, std::move(words));
    auto value = nlohmann::json::parse(out_, nullptr, false);
    EXPECT_FALSE(value.is_discarded()) << out_ << err_;
    return value;
  }

  // As the season was on that day: what was to come is long past by the clock of the machine.
  void nothing_is_to_come() const {
    execute(
        "UPDATE games SET status = 'cancelled' WHERE status IN ('scheduled', 'live'); UPDATE "
        "todays_games SET game_status_code = 3");
  }

  void configure(const std::string& yaml) const { std::ofstream(config_, std::ios::app) << yaml; }
};

// Tests that each of the back ends passes.
class EachWay : public ClientFixture, public ::testing::WithParamInterface<const char*> {
 protected:
  std::unique_ptr<Process> spawn(Words words) const {
    return ClientFixture::spawn(GetParam(), std::move(words));
  }
  int run(Words words) { return ClientFixture::run(GetParam(), std::move(words)); }
  nlohmann::json json_of(Words words) {
    return ClientFixture::json_of(GetParam(), std::move(words));
  }

  // Starts a sync of teams that stands still until upstream_.release().
  std::unique_ptr<Process> spawn_held(Words words = {"sync", "teams"}) {
    upstream_.set_fault("leaguestandingsv3", "hang");
    const auto before = upstream_.count();
    auto process = spawn(std::move(words));
    EXPECT_TRUE(upstream_.wait_for_requests(before + 2));
    return process;
  }

  std::string newest_run() const {
    return query(
        "SELECT run_id FROM data_sync_log WHERE run_id NOT LIKE '%/%' ORDER BY id DESC LIMIT 1");
  }
};

}  // namespace nbasync::testing
