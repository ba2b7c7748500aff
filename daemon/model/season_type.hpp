#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "model/words.hpp"

namespace nbasync {

// The parts of a season that are counted apart.
enum class SeasonType { kRegular, kPlayIn, kPlayoffs, kCup, kPreSeason };

// A type by each of its names. The digit is the third of a game's id.
struct SeasonTypeNames {
  SeasonType type;
  std::string_view word;      // of configuration, routes and the client
  std::string_view upstream;  // the parameter SeasonType
  std::string_view stored;    // the column game_type
  char digit;
};

inline constexpr auto kSeasonTypes = std::to_array<SeasonTypeNames>({
    {SeasonType::kRegular, "regular", "Regular Season", "Regular Season", '2'},
    {SeasonType::kPlayIn, "play-in", "PlayIn", "Play-In", '5'},
    {SeasonType::kPlayoffs, "playoffs", "Playoffs", "Playoffs", '4'},
    {SeasonType::kCup, "cup", "IST", "NBA Cup Final", '6'},
    {SeasonType::kPreSeason, "pre-season", "Pre Season", "Pre Season", '1'},
});

template <>
struct Words<SeasonType> {
  static constexpr auto table = [] {
    std::array<WordOf<SeasonType>, kSeasonTypes.size()> words{};
    for (std::size_t i = 0; i < words.size(); ++i) {
      words[i] = {kSeasonTypes[i].type, kSeasonTypes[i].word};
    }
    return words;
  }();
};

constexpr const SeasonTypeNames& names_of(SeasonType type) {
  return *std::ranges::find(kSeasonTypes, type, &SeasonTypeNames::type);
}

// In the order of the list.
inline std::vector<SeasonType> all_season_types() {
  std::vector<SeasonType> types(kSeasonTypes.size());
  std::ranges::transform(kSeasonTypes, types.begin(), &SeasonTypeNames::type);
  return types;
}

// By upstream's name, which must be one of them.
constexpr SeasonType season_type_named(std::string_view upstream) {
  return std::ranges::find(kSeasonTypes, upstream, &SeasonTypeNames::upstream)->type;
}

// By the third digit of a game's id; nullopt for All-Star games and what we do not know.
constexpr std::optional<SeasonType> season_type_of_digit(char digit) {
  const auto* const found = std::ranges::find(kSeasonTypes, digit, &SeasonTypeNames::digit);
  return found == kSeasonTypes.end() ? std::nullopt : std::optional(found->type);
}

}  // namespace nbasync
