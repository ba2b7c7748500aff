#pragma once

#include <cstddef>
#include <string_view>

#include "model/season_type.hpp"

// The rows that team_season_stats has of a team and a season.
namespace nbasync::season_stats {

struct Split {
  std::string_view name;
  std::string_view location;  // upstream's word
  SeasonType type = SeasonType::kRegular;
};
// Of each type all games come first.
inline constexpr std::size_t kSplitsOfType = 3;
inline constexpr Split kSplits[] = {{"overall", ""},
                                    {"home", "Home"},
                                    {"away", "Road"},
                                    {"playoffs", "", SeasonType::kPlayoffs},
                                    {"playoffs_home", "Home", SeasonType::kPlayoffs},
                                    {"playoffs_away", "Road", SeasonType::kPlayoffs}};

}  // namespace nbasync::season_stats
