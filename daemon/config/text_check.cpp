#include "config/text_check.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync {
namespace {

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
}

// How many bytes at the start are UTF-8.
std::size_t valid_utf8(std::string text) {
  const iconv_t converter = iconv_open("UCS-4", "UTF-8");
  if (reinterpret_cast<std::intptr_t>(converter) == -1) {
    throw Error(Errc::kInternal, format("UTF-8: no converter: {}", std::strerror(errno)));
  }
  std::array<char, 4096> sink{};
  char* in = text.data();
  std::size_t left = text.size();
  bool more = true;
  while (more) {
    char* out = sink.data();
    std::size_t room = sink.size();
    more = iconv(converter, &in, &left, &out, &room) == std::size_t(-1) && errno == E2BIG;
  }
  iconv_close(converter);
  return text.size() - left;
}

}  // namespace

std::optional<TextPosition> find_non_text(std::string_view text) {
  const auto control = std::find_if(text.begin(), text.end(), is_control);
  const auto good =
      std::min(valid_utf8(std::string(text)), static_cast<std::size_t>(control - text.begin()));
  if (good == text.size()) return std::nullopt;
  const auto before = text.substr(0, good);
  const auto newline = before.rfind('\n');
  const auto column = newline == std::string_view::npos ? good : good - newline - 1;
  return TextPosition{1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')),
                      1 + static_cast<int>(column)};
}

}  // namespace nbasync
