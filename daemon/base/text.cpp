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

}  // namespace nbasync
