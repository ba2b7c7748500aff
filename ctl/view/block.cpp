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

void Block::add(const std::string& line, Colour colour) {
  append(cut(line, width(), terminal_), colour);
}

void Block::add_folded(std::string_view line, Colour colour) {
  for (const auto& part : folded(line, terminal_.width, kIndent)) append(part, colour);
}

}  // namespace nbasync::ctl
