#include "base/utf8.hpp"

namespace nbasync {
namespace {

bool is_within(unsigned char byte, int low, int high) { return byte >= low && byte <= high; }
bool is_tail(unsigned char byte) { return is_within(byte, 0x80, 0xbf); }

}  // namespace

std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : static_cast<unsigned char>(0);
  };
  const unsigned char first = byte(0);
  const unsigned char second = byte(1);
  if (text.empty()) return 0;
  if (first < 0x80) return 1;
  if (is_within(first, 0xc2, 0xdf)) return is_tail(second) ? 2 : 0;
  if (is_within(first, 0xe0, 0xef)) {
    const bool fits = first == 0xe0   ? is_within(second, 0xa0, 0xbf)
                      : first == 0xed ? is_within(second, 0x80, 0x9f)
                                      : is_tail(second);
    return fits && is_tail(byte(2)) ? 3 : 0;
  }
  if (is_within(first, 0xf0, 0xf4)) {
    const bool fits = first == 0xf0   ? is_within(second, 0x90, 0xbf)
                      : first == 0xf4 ? is_within(second, 0x80, 0x8f)
                                      : is_tail(second);
    return fits && is_tail(byte(2)) && is_tail(byte(3)) ? 4 : 0;
  }
  return 0;
}

}  // namespace nbasync
