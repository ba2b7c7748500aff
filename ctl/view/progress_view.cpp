#include "ctl/view/progress_view.hpp"

#include <algorithm>
#include <chrono>

#include "base/format.hpp"
#include "ctl/view/run_progress_text.hpp"
#include "ctl/view/text.hpp"

namespace nbasync::ctl {
namespace {

constexpr std::size_t kNarrowest = 66;  // that a line of a step needs

// "9 s", "2 min 22 s".
std::string elapsed_text(double seconds) {
  constexpr double kMinute = 60;
  return seconds < kMinute ? format("{:.0f} s", std::max(seconds, 0.0)) : duration_text(seconds);
}

}  // namespace

void ProgressView::running(Duration already) {
  waiting_ = false;
  since_ = clock_.steady() - already;
  draw();
}

void ProgressView::waiting(std::uint64_t position, const std::string& behind) {
  waiting_ = true;
  position_ = position;
  behind_ = behind;
  draw();
}

void ProgressView::progress(RunProgress progress) {
  waiting_ = false;
  progress_ = std::move(progress);
  draw();
}

double ProgressView::elapsed() const {
  return std::chrono::duration<double>(clock_.steady() - since_).count();
}

// What matters most first: the end is cut where the terminal is narrow.
Line ProgressView::one_line(const std::string& time) const {
  Line line(name_ + "  ");
  if (waiting_) {
    return line.add(format("waiting: {} in line{}  {}", position_text(position_),
                           behind_.empty() ? "" : " behind " + behind_, time));
  }
  line.add(format("{} {:>3} %", bar_text(progress_.percent, terminal_), progress_.percent));
  for (const auto& words :
       {progress_.step, time, requests_text(progress_), time_left_text(progress_, elapsed())}) {
    if (!words.empty()) line.add("  " + words);
  }
  return line;
}

std::vector<Line> ProgressView::lines() const {
  const auto time = elapsed_text(elapsed());
  const auto& steps = progress_.steps;
  const auto needed = steps.size() + 2;  // name and bar
  const bool fits = (terminal_.height == 0 || needed < terminal_.height) &&
                    (terminal_.width == 0 || terminal_.width >= kNarrowest);
  if (waiting_ || steps.size() < 2 || !fits) return {one_line(time)};

  auto lines = step_lines(steps, terminal_);
  lines.insert(lines.begin(), Line().add(name_, Colour::kBold).add(", " + time));
  lines.push_back(bar_line(progress_, elapsed(), false, terminal_));
  return lines;
}

}  // namespace nbasync::ctl
