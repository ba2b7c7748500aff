#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>

namespace nbasync {

// Reads 13, 13.0 and "13", all of which upstream writes; nullopt for anything else.
std::optional<std::int64_t> whole_number(simdjson::dom::element cell);

}  // namespace nbasync
