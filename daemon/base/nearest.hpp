#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nbasync {

// How many letters to insert, delete, replace or swap with their neighbour to get from a to b.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The known word that `word` was probably meant to be, the first of equally near ones; empty if
// none is near.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);

// For the end of a message about an unknown word: "; did you mean 'games'?", or, if none is near,
// "; known are: games, teams".
std::string suggest(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace nbasync
