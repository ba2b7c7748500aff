#include "ctl/view/block.hpp"

#include "base/format.hpp"
#include "ctl/view/text.hpp"

namespace nbasync::ctl {
namespace {

constexpr std::size_t kIndent = 12;

}  // namespace

std::size_t Block::width() const {
  return terminal_.width > kIndent ? terminal_.width - kIndent : 0;
}

void Block::append(std::string_view words, Colour colour) {
  text_ += text_.empty() ? format("{:>10}: ", name_) : std::string(kIndent, ' ');
  text_ += terminal_.paint(colour, words) + '\n';
}

void Block::add(const std::string& line, Colour colour) { append(cut(line, width()), colour); }

void Block::add_folded(std::string_view line, Colour colour) {
  while (width() > 0 && width_of(line) > width()) {
    // As many bytes as columns are never too wide.
    const auto space = line.substr(0, width() + 1).rfind(' ');
    if (space == std::string_view::npos || space == 0) break;
    append(line.substr(0, space), colour);
    line.remove_prefix(space + 1);
  }
  append(line, colour);
}

}  // namespace nbasync::ctl
