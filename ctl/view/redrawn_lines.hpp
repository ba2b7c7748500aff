#pragma once

#include <cstddef>
#include <ostream>
#include <vector>

#include "ctl/view/line.hpp"

namespace nbasync::ctl {

// The last lines of a terminal, rewritten in place. What is printed otherwise has to come after
// clear(), and ends with a line's end.
class RedrawnLines {
 public:
  // Both must outlive it.
  RedrawnLines(std::ostream& out, const Terminal& terminal) : out_(out), terminal_(terminal) {}
  ~RedrawnLines() { clear(); }
  RedrawnLines(const RedrawnLines&) = delete;
  RedrawnLines& operator=(const RedrawnLines&) = delete;

  // As many lines as fit the terminal's height; the first ones, if they are too many.
  void draw(const std::vector<Line>& lines);
  void clear();

 private:
  void go_to_first_line();

  std::ostream& out_;
  const Terminal& terminal_;
  std::size_t drawn_ = 0;
};

}  // namespace nbasync::ctl
