#pragma once

#include <string>
#include <string_view>

namespace nbasync {

// A value for a log line or a message: quoted, with control characters escaped, when it is not one
// plain word.
std::string in_quotes(std::string_view value);

}  // namespace nbasync
