#include "base/text.hpp"

#include "base/format.hpp"

namespace nbasync {

std::string in_quotes(std::string_view value) {
  const bool plain =
      !value.empty() && value.find_first_of(" \t\"\\=\n\r") == std::string_view::npos;
  std::string text = plain ? "" : "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') text += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      text += format("\\x{:02x}", static_cast<unsigned>(c));
    } else {
      text += c;
    }
  }
  if (!plain) text += '"';
  return text;
}

std::string joined(const std::vector<std::string_view>& words, std::string_view separator) {
  std::string list;
  for (const auto word : words) {
    if (!list.empty()) list += separator;
    list += word;
  }
  return list;
}

}  // namespace nbasync
