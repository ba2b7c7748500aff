#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace nbasync {

// Reads "30s", "5m", "2h30m", "1d" (units d, h, m, s, ms; each at most once, largest first).
// Throws Error(kInvalidArgument) with a message that says what is wrong and what to write.
Duration parse_duration(std::string_view text);

// The shortest text that parse_duration reads back to the same: "2h30m", "1s500ms", "0s".
// `duration` is not negative.
std::string format_duration(Duration duration);

}  // namespace nbasync
