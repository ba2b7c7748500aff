#pragma once

#include <stop_token>

#include "db/connection.hpp"

namespace nbasync {

// Gives the database what this program needs and it lacks, whatever engine it is: see
// store/migrations.hpp, store/postgres_schema.hpp. Blocking. Throws Error.
void bring_up_to_date(Connection& connection, const std::stop_token& stop = {});

}  // namespace nbasync
