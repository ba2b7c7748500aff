#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/cell.hpp"

namespace nbasync {

// A cell as the value of a column of this type, if it reads as one: '48' and 48.0 are 48 in a
// column of whole numbers. Text is what a PostgreSQL takes of it. NULL is NULL. nullopt: it does
// not. Pure.
std::optional<Value> converted(const Cell& cell, Type type);

// Whether that is other text than the cell's: a PostgreSQL takes no NUL, and nothing but UTF-8.
bool is_other_text(const Cell& cell, const Value& converted);

// For messages: "a whole number".
std::string_view name_of(Type type);

// For messages: 'abc', 48.5, 12 bytes.
std::string shown(const Cell& cell);

}  // namespace nbasync
