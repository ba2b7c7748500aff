#include "ctl/view/progress_line.hpp"

#include <chrono>

#include "base/format.hpp"
#include "ctl/view/text.hpp"

namespace nbasync::ctl {

void ProgressLine::running(Duration already) {
  waiting_ = false;
  since_ = clock_.steady() - already;
  draw();
}

void ProgressLine::waiting(std::uint64_t position, const std::string& behind) {
  waiting_ = true;
  position_ = position;
  behind_ = behind;
  draw();
}

void ProgressLine::progress(const std::string& step, unsigned percent) {
  waiting_ = false;
  step_ = step;
  percent_ = percent;
  draw();
}

void ProgressLine::draw() {
  // To the line's start, erase it, and stay clear of the last column, where some terminals wrap.
  out_ << "\r\x1b[K" << cut(text(), terminal_.width > 1 ? terminal_.width - 1 : 0) << std::flush;
}

void ProgressLine::clear() { out_ << "\r\x1b[K" << std::flush; }

std::string ProgressLine::text() const {
  const auto seconds = std::chrono::duration<double>(clock_.steady() - since_).count();
  const auto elapsed = format("{:.0f} s", seconds < 0 ? 0 : seconds);
  const auto time = seconds < 60 ? elapsed : duration_text(seconds);
  if (waiting_) {
    return format("{}  waiting: {} in line{}  {}", sync_type_, position_text(position_),
                  behind_.empty() ? "" : " behind " + behind_, time);
  }
  return format("{}  {} {:>3} %  {}{}{}", sync_type_, bar_text(percent_), percent_, step_,
                step_.empty() ? "" : "  ", time);
}

}  // namespace nbasync::ctl
