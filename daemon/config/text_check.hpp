#pragma once

#include <optional>
#include <string_view>

namespace nbasync {

struct TextPosition {
  int line = 1;
  int column = 1;  // in bytes
};

// Where the text stops being UTF-8 without control characters, if it does.
std::optional<TextPosition> find_non_text(std::string_view text);

}  // namespace nbasync
