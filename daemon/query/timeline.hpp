#pragma once

#include <stop_token>
#include <string>

#include "base/clock.hpp"
#include "db/connection.hpp"

namespace nbasync {

// The runs that were asked for since a moment, and what was decided about others meanwhile, in a
// compact form for who draws them:
// {"columns":["run_id",…],"runs":[[…],…],"more":false,"decisions":[{…},…]}
// A run is a row in the order of `columns`, the oldest first; of more than kMostTimelineRuns the
// newest, with "more":true. Steps of a full run, and what a predecessor wrote, are left out. Of the
// decisions, those that made a run, which is there itself. Blocking; the thread of the connection.
// Throws Error(kStorage…), kCancelled.
std::string timeline(Connection& connection, SystemTime since, const std::stop_token& stop);

inline constexpr unsigned kMostTimelineRuns = 40'000;

}  // namespace nbasync
