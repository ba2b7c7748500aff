#pragma once

#include <utility>
#include <vector>

#include "demo/random.hpp"

namespace nbasync::demo {

// Two teams, by their index in kTeams.
struct Meeting {
  int home;
  int away;
};

// Every team plays once.
using Round = std::vector<Meeting>;

// A season as the league makes one: 82 rounds of 15 games; within a division four meetings, within
// a conference four or three, across conferences two; 41 games at home for everyone.
std::vector<Round> make_rounds(Random& random);

}  // namespace nbasync::demo
