#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "db/connection.hpp"
#include "model/season_type.hpp"

namespace nbasync {

// When the first game of these parts of a season was, or is to be; nullopt: none is known. One that
// has a day and no time yet counts from the beginning of that day, UTC. Blocking; the thread of the
// connection. Throws Error(kStorage…), kCancelled.
std::optional<SystemTime> first_game(Connection& connection, const std::string& season,
                                     const std::vector<SeasonType>& types,
                                     const std::stop_token& stop);

}  // namespace nbasync
