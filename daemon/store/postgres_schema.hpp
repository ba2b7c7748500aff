#pragma once

#include <stop_token>

#include "db/connection.hpp"

namespace nbasync {

// bring_up_to_date (store/migrations.hpp) for a PostgreSQL: makes the tables, columns and indexes
// that are not there, in the schema that the connection makes its tables in. Nothing is dropped or
// rewritten. One transaction, of which there is none if all is as it was left; whoever reads is
// held up half a second at most. Blocking. Throws Error: kStorageNewer if a newer program has been
// there, kStorage if a table is in the way.
void bring_postgres_up_to_date(Connection& connection, const std::stop_token& stop = {});

}  // namespace nbasync
