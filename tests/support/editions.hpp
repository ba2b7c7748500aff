#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "support/file_text.hpp"
#include "support/stand_in.hpp"
#include "support/stand_in_json.hpp"

namespace nbasync::testing {

// The demo season in two editions: every row of the second differs, but today's games.
class Editions {
 public:
  Editions(StandIn& upstream, const std::filesystem::path& season) : upstream_(upstream) {
    const auto add = [&](const std::string& name, const std::string& file, auto change) {
      const std::string text = file_text(season / (file + ".json"));
      bodies_[0][name] = text;
      bodies_[1][name] = change(text);
    };
    const auto cells = [](const std::string& column, const std::string& raw) {
      return [column, raw](const std::string& text) { return set_cells(text, column, raw); };
    };
    add("leaguestandingsv3", "leaguestandingsv3_2025-26", cells("TeamCity", "\"Town\""));
    add("teamgamelogs_2025-26_Base", "teamgamelogs_2025-26_Base", cells("PF", "7"));
    add("leaguedashteamstats_2025-26_Base", "leaguedashteamstats_2025-26_Base", cells("PF", "7"));
    add("scheduleLeagueV2", "scheduleLeagueV2", [](std::string text) {
      const std::string key = R"("arenaName":")";
      for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
        text.insert(at + key.size(), "New ");
      }
      return text;
    });
  }

  // From now on it is served; 0 or 1.
  void publish(std::size_t edition) {
    for (const auto& [name, body] : bodies_[edition % 2]) upstream_.set_body(name, body);
  }

 private:
  StandIn& upstream_;
  std::map<std::string, std::string> bodies_[2];
};

}  // namespace nbasync::testing
