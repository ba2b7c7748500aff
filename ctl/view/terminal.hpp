#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nbasync::ctl {

enum class Colour { kNone, kBold, kDim, kRed, kGreen, kYellow };

// What is known of where text goes. A plain value: a test makes its own.
struct Terminal {
  bool is_terminal = false;  // lines can be rewritten
  bool colour = false;
  std::size_t width = 0;   // columns, 0 for no limit
  std::size_t height = 0;  // lines, 0 for no limit

  // The text in the colour, or as it is where colour is not wanted.
  std::string paint(Colour colour, std::string_view text) const;
};

// Looks at the descriptor, TERM and NO_COLOR.
Terminal terminal_of(int fd);

}  // namespace nbasync::ctl
