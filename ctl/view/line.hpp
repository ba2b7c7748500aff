#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ctl/view/terminal.hpp"

namespace nbasync::ctl {

// A line in parts, each with its colour.
class Line {
 public:
  Line() = default;
  Line(std::string_view text) { add(text); }

  Line& add(std::string_view text, Colour colour = Colour::kNone) {
    parts_.emplace_back(text, colour);
    return *this;
  }

  // Cut to so many columns, 0: not; without a line's end.
  std::string render(const Terminal& terminal, std::size_t width) const;

 private:
  std::vector<std::pair<std::string, Colour>> parts_;
};

}  // namespace nbasync::ctl
