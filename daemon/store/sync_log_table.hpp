#pragma once

#include "store/own_tables.hpp"

namespace nbasync {

// data_sync_log: a row a run, and a row a step.
const OwnTable& sync_log_table();

// Frees a predecessor's table of what forbids our rows: a CHECK, or an id that SQLite does not give
// by itself, neither of which can be lifted in place.
// Rows, columns, indexes and triggers stay. Makes run_id unique where the rows allow it; ours are
// in any case. Within a transaction, before the table is brought up to date. Throws Error.
void migrate_sync_log(Connection& connection);

}  // namespace nbasync
