#include "dataset/matchup.hpp"

namespace nbasync {

std::optional<Matchup> parse_matchup(std::string_view text) {
  constexpr std::string_view kAtHome = " vs. ";
  constexpr std::string_view kAway = " @ ";
  if (const auto at = text.find(kAtHome); at != std::string_view::npos) {
    return Matchup{text.substr(0, at), text.substr(at + kAtHome.size())};
  }
  if (const auto at = text.find(kAway); at != std::string_view::npos) {
    return Matchup{text.substr(at + kAway.size()), text.substr(0, at)};
  }
  return std::nullopt;
}

}  // namespace nbasync
