#include "base/text.hpp"

#include "base/format.hpp"
#include "base/utf8.hpp"

namespace nbasync {
namespace {

constexpr std::string_view kCut = "…";

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

// Those of ASCII, and C1: C2 80 to C2 9F.
bool is_control(std::string_view text) {
  const auto first = byte_at(text, 0);
  return first < 0x20 || first == 0x7F || (first == 0xC2 && byte_at(text, 1) < 0xA0);
}

}  // namespace

std::string printable(std::string_view text, std::size_t most) {
  std::string shown;
  while (!text.empty()) {
    const auto length = is_control(text) ? 0 : utf8_length(text);
    const auto piece =
        length > 0 ? std::string(text.substr(0, length)) : format("\\x{:02x}", byte_at(text, 0));
    if (shown.size() + piece.size() > most) return shown.append(kCut);
    shown += piece;
    text.remove_prefix(length > 0 ? length : 1);
  }
  return shown;
}

std::string_view trimmed(std::string_view text, std::string_view blanks) {
  const auto first = text.find_first_not_of(blanks);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
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
