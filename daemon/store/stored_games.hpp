#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "dataset/season_facts.hpp"
#include "db/connection.hpp"

namespace nbasync {

// Tells each game of the NBA that the table has of this season. Blocking. Throws Error.
void read_games(Connection& connection, const std::string& season, const std::stop_token& stop,
                const std::function<void(const std::string& id, StoredGame)>& told);

}  // namespace nbasync
