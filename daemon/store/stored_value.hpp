#pragma once

#include <sqlite3.h>

#include "dataset/dataset.hpp"
#include "dataset/row_index.hpp"

// Cells as SQLite hands them out, beside ours. The predecessor's columns may have other types than
// ours: 48 equals 48.0, and '48' where a column turns numbers into text.
namespace nbasync {

bool equal(sqlite3_value* stored, const Value& value);

Value copy(sqlite3_value* stored);

// As a part of a key that has this type; valid as long as the cell.
KeyPart stored_key_part(sqlite3_value* stored, Type type);

}  // namespace nbasync
