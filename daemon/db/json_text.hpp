#pragma once

#include <string>

#include "base/json_text.hpp"
#include "db/cell.hpp"

namespace nbasync {

// Appends a cell; a blob, of which our tables have none, becomes null.
void append_json_cell(std::string& json, const Cell& cell);

void append_json_value(std::string& json, const Value& value);

}  // namespace nbasync
