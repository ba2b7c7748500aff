#pragma once

#include <optional>
#include <string_view>

namespace nbasync {

// The two teams that a MATCHUP names, by abbreviation. Which is the row's own team it does not say.
struct Matchup {
  std::string_view home;
  std::string_view away;
};

// Of "X vs. Y", where X is at home, or "X @ Y", where Y is; nullopt for anything else.
std::optional<Matchup> parse_matchup(std::string_view text);

}  // namespace nbasync
