#pragma once

#include <string>
#include <string_view>

#include "model/request.hpp"
#include "model/season_type.hpp"

namespace nbasync {

// Averages a game of a part of a season. `location`: upstream's word, empty for all games.
struct AveragesOf {
  std::string_view season;
  SeasonType type;
  std::string_view measure;  // "Advanced"
  std::string_view location = {};
};

Request team_averages(const AveragesOf& of);
Request player_averages(const AveragesOf& of);

}  // namespace nbasync
