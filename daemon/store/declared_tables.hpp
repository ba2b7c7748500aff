#pragma once

#include <span>
#include <string>
#include <vector>

#include "dataset/dataset.hpp"
#include "store/own_tables.hpp"

// All that this program needs in a database, whatever engine it is.
namespace nbasync::declared {

// What is known of the database as a whole, by key.
const OwnTable& meta_table();

// The tables of datasets, and those that have their form.
std::vector<const Table*> tables();

// The tables that the daemon keeps for itself.
std::vector<const OwnTable*> own_tables();

// Statements that make the indexes that the queries ask for, where they are not there.
std::span<const char* const> indexes();

}  // namespace nbasync::declared
