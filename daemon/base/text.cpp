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

std::string printable(std::string_view text) {
  std::string line(text);
  for (char& byte : line) {
    const auto value = static_cast<unsigned char>(byte);
    if (value < 0x20 || value == 0x7F) byte = ' ';
  }
  // In UTF-8 the C1 controls, a terminal's other escapes, are C2 80 to C2 9F.
  for (std::size_t at = 0; (at = line.find('\xC2', at)) != std::string::npos; ++at) {
    if (at + 1 < line.size() && static_cast<unsigned char>(line[at + 1]) < 0xA0) {
      line.replace(at, 2, " ");
    }
  }
  return line;
}

}  // namespace nbasync
