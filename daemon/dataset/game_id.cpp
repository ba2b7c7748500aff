#include "dataset/game_id.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace nbasync {

bool is_game_id(std::string_view id) {
  return id.size() == 10 &&
         std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_nba_game(std::string_view id) { return is_game_id(id) && id.starts_with("00"); }

std::optional<SeasonType> season_type_of(std::string_view id) {
  return season_type_of_digit(id[2]);
}

std::string_view game_type(std::string_view id) {
  if (const auto type = season_type_of(id)) return names_of(*type).stored;
  return id[2] == '3' ? "All-Star" : "";
}

std::string season_of_game(std::string_view id) {
  const int digits = (id[3] - '0') * 10 + (id[4] - '0');
  const int year = digits < 46 ? 2000 + digits : 1900 + digits;  // the league began in 1946
  return format("{}-{:02}", year, (year + 1) % 100);
}

}  // namespace nbasync
