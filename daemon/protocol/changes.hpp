#pragma once

#include <nlohmann/json_fwd.hpp>

#include "base/row_change.hpp"

namespace nbasync::protocol {

// Adds to a run's JSON what a dry run found: changes [{table, op, key {…}, old {…}, new {…}}], op
// being "insert", "update" or "delete", and changes_truncated. An insert has no old, a delete no
// new; an update has the columns that differ.
void add_changes(nlohmann::json& run, const RowChanges& changes);

}  // namespace nbasync::protocol
