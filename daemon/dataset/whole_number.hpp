#pragma once

#include <simdjson.h>

#include <cstdint>
#include <optional>

namespace nbasync {

// Reads 13, 13.0 and "13", all of which upstream writes; nullopt for anything else, and for what
// is_too_large(): so sums and differences of a few do not overflow.
std::optional<std::int64_t> whole_number(simdjson::dom::element cell);

// A number beyond 2^53, where a double begins to skip whole numbers.
bool is_too_large(simdjson::dom::element cell);

}  // namespace nbasync
