#pragma once

#include <string_view>
#include <vector>

#include "db/sqlite_statement.hpp"
#include "db/stored_column.hpp"

namespace nbasync {

// What to prepare for sqlite_columns(): to do so takes longer than the answer.
inline constexpr std::string_view kSqliteColumns =
    "SELECT name, type, \"notnull\", dflt_value IS NOT NULL, pk FROM pragma_table_info($1)";

// The columns of a table as they are now; empty if there is no such table. Throws
// SQLite::Exception.
std::vector<StoredColumn> sqlite_columns(SqliteStatement& statement, std::string_view table);

}  // namespace nbasync
