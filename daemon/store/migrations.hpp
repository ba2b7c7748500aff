#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

namespace nbasync {

// PRAGMA user_version of a database that has all that this program needs. The predecessor's have 0.
inline constexpr int kSchemaVersion = 2;

// Brings a database of an older version, or an empty one, up to kSchemaVersion: tables, columns,
// unique keys and indexes that are missing are added; what we do not know is left alone. Call it
// within a transaction. Throws SQLite::Exception, and Error(kStorage) if rows share a key.
void migrate(SQLite::Database& db);

}  // namespace nbasync
