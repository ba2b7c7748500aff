#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ctl/view/terminal.hpp"

namespace nbasync::ctl {

// Lines under a right-aligned name, which only the first has; cut to the terminal.
class Block {
 public:
  // Both must outlive it.
  Block(std::string_view name, const Terminal& terminal) : name_(name), terminal_(terminal) {}

  void add(const std::string& line, Colour colour = Colour::kNone);

  // For lines that people need in full: folded at spaces instead of cut.
  void add_folded(std::string_view line, Colour colour = Colour::kNone);

  const std::string& text() const { return text_; }

 private:
  std::size_t width() const;
  void append(std::string_view words, Colour colour);

  std::string_view name_;
  const Terminal& terminal_;
  std::string text_;
};

}  // namespace nbasync::ctl
