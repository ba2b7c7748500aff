#pragma once

#include <gmock/gmock.h>

#include <fstream>
#include <string>

#include "config/config.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// A configuration of its own folder, whose upstream is a folder of files: a league of two teams.
class AppFixture : public ::testing::Test {
 protected:
  AppFixture() {
    config_.sync.season = "2025-26";
    config_.sync.on_start = OnStart::kNotAtAll;
    config_.database.path = directory_.path() / "nba_data.db";
    config_.upstream.stats_url = config_.upstream.cdn_url = "file://" + directory_.path().string();
    config_.upstream.min_interval = {};
    config_.control.socket = directory_.path() / "nbasync.sock";
    config_.dbus.bus = DBusConfig::Bus::kNone;
    file("commonteamyears.json",
         R"({"resultSets":[{"name":"TeamYears","headers":["TEAM_ID","MIN_YEAR","ABBREVIATION"],)"
         R"("rowSet":[[1610612738,"1946","BOS"],[1610612747,"1948","LAL"]]}]})");
    file("leaguestandingsv3_2025-26.json",
         R"({"resultSets":[{"name":"Standings","headers":["TeamID","TeamCity","TeamName",)"
         R"("Conference","Division"],"rowSet":[[1610612738,"Boston","Celtics","East","Atlantic"],)"
         R"([1610612747,"Los Angeles","Lakers","West","Pacific"]]}]})");
  }

  void file(const std::string& name, const std::string& text) const {
    std::ofstream(directory_.path() / name) << text;
  }

  TemporaryDirectory directory_;
  Config config_;
};

}  // namespace nbasync::testing
