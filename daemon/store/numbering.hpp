#pragma once

#include <stop_token>

#include "db/connection.hpp"
#include "store/declared_tables.hpp"

namespace nbasync {

// The next row of a table that is_numbered gets the number after the largest that is there,
// whatever was given before. Within a transaction. Blocking. Throws Error.
void number_on(Connection& connection, const declared::WholeTable& table,
               const std::stop_token& stop);

}  // namespace nbasync
