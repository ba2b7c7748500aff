#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

namespace nbasync {

// Makes data_sync_log, or gives the predecessor's the columns that RunLog writes. Its constraints
// are lifted, because they know fewer kinds of runs than there are; its rows stay.
void migrate_sync_log(SQLite::Database& db);

}  // namespace nbasync
