#pragma once

#include <vector>

#include "demo/schedule.hpp"

namespace nbasync::demo {

// Makes some of the games special: the NBA Cup's, and those that are played on neutral ground,
// which moves their tip-off too.
void add_labels(std::vector<Game>& games);

}  // namespace nbasync::demo
