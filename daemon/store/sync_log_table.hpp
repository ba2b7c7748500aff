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

// That no two rows have one run_id, as a predecessor's may. Within a transaction. Throws Error.
namespace run_ids {

// Where the rows that are there allow it.
void make_unique(Connection& connection);

// Until then, for who brings rows of another database.
void let_be_shared(Connection& connection);

}  // namespace run_ids

}  // namespace nbasync
