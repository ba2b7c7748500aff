#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nbasync::ctl {

enum class Colour { kNone, kBold, kDim, kRed, kGreen, kYellow };

// The signs that are drawn. Each is a column wide, but for the ends of a bar in ASCII.
struct Glyphs {
  std::string_view bullet, ellipsis;
  std::string_view bar_begin, bar_full, bar_empty, bar_end;
  std::string_view done, failed, at_work;  // before a step
};

// What is known of where text goes. A plain value: a test makes its own.
struct Terminal {
  bool is_terminal = false;  // lines can be rewritten
  bool colour = false;
  std::size_t width = 0;    // columns, 0 for no limit
  std::size_t height = 0;   // lines, 0 for no limit
  bool unicode = true;      // other signs than ASCII's may be drawn
  bool local_time = false;  // times are of TZ, and not UTC

  // The text in the colour, or as it is where colour is not wanted.
  std::string paint(Colour colour, std::string_view text) const;

  const Glyphs& glyphs() const;
};

// Looks at the descriptor, TERM and NO_COLOR, and at the locale's variables. Times are local.
Terminal terminal_of(int fd);

}  // namespace nbasync::ctl
