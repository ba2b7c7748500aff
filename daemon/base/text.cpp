#include "base/text.hpp"

#include "base/format.hpp"

namespace nbasync {
namespace {

constexpr std::string_view kCut = "…";

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

// Length of the character that begins the text; 0 if none does, or a control character, those of
// C1 included. The well-formed sequences of the Unicode Standard, table 3-7.
std::size_t shown_character(std::string_view text) {
  const auto first = byte_at(text, 0);
  const auto second = byte_at(text, 1);
  const auto continues = [&](std::size_t at) { return (byte_at(text, at) & 0xC0) == 0x80; };
  if (first < 0x80) return first >= 0x20 && first != 0x7F ? 1 : 0;
  if (first < 0xC2 || first > 0xF4 || !continues(1)) return 0;
  if (first < 0xE0) return first == 0xC2 && second < 0xA0 ? 0 : 2;
  if (!continues(2)) return 0;
  if (first < 0xF0) {
    const bool is_overlong = first == 0xE0 && second < 0xA0;
    const bool is_surrogate = first == 0xED && second >= 0xA0;
    return is_overlong || is_surrogate ? 0 : 3;
  }
  if (!continues(3) || (first == 0xF0 && second < 0x90) || (first == 0xF4 && second >= 0x90)) {
    return 0;
  }
  return 4;
}

}  // namespace

std::string printable(std::string_view text, std::size_t most) {
  std::string shown;
  while (!text.empty()) {
    const auto length = shown_character(text);
    const auto piece =
        length > 0 ? std::string(text.substr(0, length)) : format("\\x{:02x}", byte_at(text, 0));
    if (shown.size() + piece.size() > most) return shown.append(kCut);
    shown += piece;
    text.remove_prefix(length > 0 ? length : 1);
  }
  return shown;
}

std::string in_quotes(std::string_view value, std::size_t most) {
  const bool plain =
      !value.empty() && value.find_first_of(" \t\"\\=\n\r") == std::string_view::npos;
  if (plain) return printable(value, most);
  std::string text;
  for (const char c : value.substr(0, most + 1)) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return '"' + printable(text, most) + '"';
}

}  // namespace nbasync
