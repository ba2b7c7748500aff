#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nbasync {

// A value for a log line or a message: quoted, with control characters escaped, when it is not one
// plain word.
std::string in_quotes(std::string_view value);

// "queue, fail, join".
std::string joined(const std::vector<std::string_view>& words, std::string_view separator = ", ");

}  // namespace nbasync
