#pragma once

#include <string>
#include <string_view>

namespace nbasync {

// A value for a log line or a message: quoted, with control characters escaped, when it is not one
// plain word.
std::string in_quotes(std::string_view value);

// The text on one line, without the control characters that upstream could smuggle onto a terminal.
std::string printable(std::string_view text);

// "queue, fail, join".
template <typename Words>
std::string joined(const Words& words, std::string_view separator = ", ") {
  std::string list;
  for (const auto& word : words) {
    if (!list.empty()) list += separator;
    list += word;
  }
  return list;
}

}  // namespace nbasync
