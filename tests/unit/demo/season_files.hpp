#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace nbasync::testing {

using Json = nlohmann::json;

inline const std::filesystem::path kSeasonFolder = NBASYNC_DEMO_SEASON;

inline Json read_json(const std::string& name) {
  std::ifstream file(kSeasonFolder / name);
  return Json::parse(file);
}

// The rows of a stats table, each an object by header name.
inline std::vector<Json> read_rows(const std::string& name) {
  const Json json = read_json(name);
  const Json& set = json.at("resultSets").at(0);
  std::vector<Json> rows;
  for (const auto& cells : set.at("rowSet")) {
    Json row;
    for (std::size_t i = 0; i < cells.size(); ++i) row[set.at("headers").at(i)] = cells[i];
    rows.push_back(std::move(row));
  }
  return rows;
}

// All games of the schedule, of other leagues too.
inline std::vector<Json> read_schedule() {
  std::vector<Json> games;
  const Json json = read_json("scheduleLeagueV2.json");
  for (const auto& date : json.at("leagueSchedule").at("gameDates")) {
    for (const auto& game : date.at("games")) games.push_back(game);
  }
  return games;
}

// Of the regular season; a game that was moved counts once, on its new day.
inline bool is_ours(const Json& game) {
  const bool moved = game.at("gameStatusText") == "PPD" && game.at("homeTeam").at("score") == 0;
  return game.at("gameId").get<std::string>().starts_with("002") && !moved;
}

}  // namespace nbasync::testing
