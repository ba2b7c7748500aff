#include "ctl/view/redrawn_lines.hpp"

#include <algorithm>

#include "base/format.hpp"

namespace nbasync::ctl {

void RedrawnLines::go_to_first_line() {
  out_ << '\r';
  if (drawn_ > 1) out_ << format("\x1b[{}A", drawn_ - 1);
}

void RedrawnLines::draw(const std::vector<Line>& lines) {
  if (lines.empty()) return clear();
  const auto most = terminal_.height > 0 ? terminal_.height : lines.size();
  const auto count = std::min(lines.size(), most);
  // The last column stays free: some terminals wrap there.
  const auto width = terminal_.width > 1 ? terminal_.width - 1 : 0;
  go_to_first_line();
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) out_ << '\n';
    out_ << "\x1b[K" << lines[i].render(terminal_, width);
  }
  if (drawn_ > count) out_ << "\x1b[J";
  out_ << std::flush;
  drawn_ = count;
}

void RedrawnLines::clear() {
  if (drawn_ == 0) return;
  go_to_first_line();
  out_ << (drawn_ == 1 ? "\x1b[K" : "\x1b[J") << std::flush;
  drawn_ = 0;
}

}  // namespace nbasync::ctl
