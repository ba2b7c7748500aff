#pragma once

#include <cstddef>
#include <string_view>

namespace nbasync {

// The length in bytes of the well-formed UTF-8 sequence that begins the text (the Unicode Standard,
// table 3-7); 0 if none does.
std::size_t utf8_length(std::string_view text);

}  // namespace nbasync
