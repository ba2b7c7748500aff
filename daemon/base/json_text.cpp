#include "base/json_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

#include "base/format.hpp"
#include "base/utf8.hpp"

namespace nbasync {
namespace {

// ASCII that stands for itself. A lambda is inlined; a function would be called for each character.
constexpr auto kIsPlain = [](char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\';
};

}  // namespace

void append_json_string(std::string& json, std::string_view text) {
  json += '"';
  for (std::size_t i = 0; i < text.size();) {
    // Nearly all text is plain to its end.
    const auto plain =
        std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(i), text.end(), kIsPlain);
    json.append(text.begin() + static_cast<std::ptrdiff_t>(i), plain);
    i = static_cast<std::size_t>(plain - text.begin());
    if (i == text.size()) break;
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80) {
      const auto length = utf8_length(text.substr(i));
      json += length == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(i, length);
      i += length == 0 ? 1 : length;
      continue;
    }
    if (c == '"' || c == '\\') {
      json += '\\';
      json += text[i];
    } else {
      fmt::format_to(std::back_inserter(json), "\\u{:04x}", c);
    }
    ++i;
  }
  json += '"';
}

void append_json_number(std::string& json, double number) {
  if (!std::isfinite(number)) {
    json += "null";
    return;
  }
  fmt::format_to(std::back_inserter(json), FMT_COMPILE("{}"), number);
}

}  // namespace nbasync
