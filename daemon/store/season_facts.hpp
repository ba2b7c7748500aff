#pragma once

#include <stop_token>
#include <string>

#include "dataset/dataset.hpp"
#include "db/connection.hpp"

namespace nbasync {

// Blocking. Throws Error.
GameFacts read_game_facts(Connection& connection, const std::string& season,
                          const std::stop_token& stop);

// Whether they are read from this table.
bool tells_game_facts(const Table& table);

// Fills in what else the tables know of facts.season, as far as this dataset needs it; the rest of
// `facts` is the caller's. Blocking. Throws Error.
void read_facts(Connection& connection, const Dataset& dataset, SeasonFacts& facts,
                const std::stop_token& stop);

}  // namespace nbasync
