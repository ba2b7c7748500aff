#include "ctl/view/line.hpp"

#include "ctl/view/text.hpp"

namespace nbasync::ctl {

std::string Line::render(const Terminal& terminal, std::size_t width) const {
  std::string line;
  std::size_t used = 0;
  for (const auto& [text, colour] : parts_) {
    const auto columns = width_of(text);
    if (width == 0 || used + columns <= width) {
      line += terminal.paint(colour, text);
      used += columns;
      continue;
    }
    if (used < width) line += terminal.paint(colour, cut(text, width - used, terminal));
    break;
  }
  return line;
}

}  // namespace nbasync::ctl
