#include "ctl/view/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "base/format.hpp"

namespace nbasync::ctl {
namespace {

std::string_view code_of(Colour colour) {
  switch (colour) {
    case Colour::kBold:
      return "1";
    case Colour::kDim:
      return "2";
    case Colour::kRed:
      return "31";
    case Colour::kGreen:
      return "32";
    case Colour::kYellow:
      return "33";
    case Colour::kNone:
      break;
  }
  return {};
}

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

// The locale's name, as the C library finds it; that itself would load modules.
bool is_utf8() {
  for (const auto value : {variable("LC_ALL"), variable("LC_CTYPE"), variable("LANG")}) {
    if (value.empty()) continue;
    const auto charset = value.substr(std::min(value.find('.'), value.size()));
    return charset.starts_with(".UTF-8") || charset.starts_with(".utf8") ||
           charset.starts_with(".UTF8") || charset.starts_with(".utf-8");
  }
  return false;
}

constexpr Glyphs kUnicode{"●", "…", "▕", "█", "░", "▏", "✓", "✗", "▸"};
constexpr Glyphs kAscii{"*", "~", "[", "#", ".", "]", "+", "x", ">"};

}  // namespace

std::string Terminal::paint(Colour wanted, std::string_view text) const {
  const auto code = code_of(wanted);
  if (!colour || code.empty() || text.empty()) return std::string(text);
  return format("\x1b[{}m{}\x1b[0m", code, text);
}

const Glyphs& Terminal::glyphs() const { return unicode ? kUnicode : kAscii; }

Terminal terminal_of(int fd) {
  Terminal terminal;
  terminal.unicode = is_utf8();
  terminal.local_time = true;
  terminal.is_terminal = isatty(fd) == 1 && variable("TERM") != "dumb";
  if (!terminal.is_terminal) return terminal;
  constexpr std::size_t kUsualWidth = 80;
  constexpr std::size_t kUsualHeight = 24;
  winsize size{};
  const bool known = ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  terminal.width = known ? size.ws_col : kUsualWidth;
  terminal.height = known && size.ws_row > 0 ? size.ws_row : kUsualHeight;
  terminal.colour = variable("NO_COLOR").empty();
  return terminal;
}

}  // namespace nbasync::ctl
