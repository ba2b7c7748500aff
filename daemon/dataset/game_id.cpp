#include "dataset/game_id.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace nbasync {

bool is_game_id(std::string_view id) {
  return id.size() == 10 &&
         std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_nba_game(std::string_view id) { return is_game_id(id) && id.starts_with("00"); }

std::string_view game_type(std::string_view id) {
  switch (id[2]) {
    case '1':
      return "Pre Season";
    case '2':
      return "Regular Season";
    case '3':
      return "All-Star";
    case '4':
      return "Playoffs";
    case '5':
      return "Play-In";
    case '6':
      return "NBA Cup Final";
    default:
      return "";
  }
}

std::string season_of_game(std::string_view id) {
  const int digits = (id[3] - '0') * 10 + (id[4] - '0');
  const int year = digits < 46 ? 2000 + digits : 1900 + digits;  // the league began in 1946
  return format("{}-{:02}", year, (year + 1) % 100);
}

}  // namespace nbasync
