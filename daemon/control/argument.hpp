#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "control/parameters.hpp"

// The texts of parameters, read by their kind. Everything throws Error(kInvalidArgument) with a
// message that names the parameter and says what to write.
namespace nbasync {

[[noreturn]] void refuse_parameter(std::string_view name, const std::string& why);

Argument read_argument(const Parameter& parameter, const std::string& text);

// "90" and "1.5" are seconds, "5m" is a duration; kLongestOption at the most.
Duration parse_seconds_or_duration(std::string_view name, const std::string& text);

}  // namespace nbasync
