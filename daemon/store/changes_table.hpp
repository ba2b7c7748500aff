#pragma once

#include "dataset/dataset.hpp"
#include "store/own_tables.hpp"

namespace nbasync {

// nbasync_changes, the feed of changes: a row for each row of a data table that was inserted,
// updated or deleted. README.md above tells its columns. seq is the database's to give: one that
// was given is never given again, also when its row has gone; and it has no holes.
const OwnTable& changes_table();

// As a batch writes it: seq is NULL, changed_at is the stamp.
extern const Table kChangesTable;

}  // namespace nbasync
