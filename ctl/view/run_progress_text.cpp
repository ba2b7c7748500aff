#include "ctl/view/run_progress_text.hpp"

#include <algorithm>
#include <cmath>

#include "base/format.hpp"
#include "ctl/view/run_text.hpp"
#include "ctl/view/text.hpp"

namespace nbasync::ctl {
namespace {

constexpr std::size_t kName = 19;  // player_season_stats

unsigned percent_of(const StepProgress& step) {
  const auto expected = std::max(step.requests_expected, 1U);
  return std::min(step.requests_done * 100 / expected, 100U);
}

Line line_of(const StepProgress& step, const Terminal& terminal) {
  const auto& glyphs = terminal.glyphs();
  const auto name = format(" {:<{}}  ", step.name, kName);
  Line line("  ");
  if (step.status == RunStatus::kQueued) return line.add(format("  {}", step.name), Colour::kDim);
  if (step.status == RunStatus::kStarted) {
    return line.add(glyphs.at_work, Colour::kBold)
        .add(name, Colour::kBold)
        .add(format("{} {} of {}", bar_text(percent_of(step), terminal), step.requests_done,
                    count_text(step.requests_expected, "request")));
  }
  const auto time = duration_text(step.duration_seconds);
  if (step.status == RunStatus::kSuccess) {
    return line.add(glyphs.done, Colour::kGreen)
        .add(name)
        .add(format("{:<34}  {:>10}", changed_rows_text(step), time));
  }
  const auto why = step.error_code.empty() ? "" : ": " + step.error_code;
  return line.add(glyphs.failed, colour_of(step.status))
      .add(name)
      .add(format("{:<34}", std::string(to_string(step.status)) + why), colour_of(step.status))
      .add(format("  {:>10}", time));
}

}  // namespace

std::string requests_text(const RunProgress& progress) {
  if (progress.requests_expected == 0) return "";
  return format("{} of {}", progress.requests_done,
                count_text(progress.requests_expected, "request"));
}

std::string time_left_text(const RunProgress& progress, double elapsed_seconds) {
  constexpr unsigned kEnough = 2;  // one may be the slowest
  if (progress.requests_done < kEnough || progress.requests_done >= progress.requests_expected) {
    return "";
  }
  // Requests are spaced, so each takes about as long.
  const auto left = progress.requests_expected - progress.requests_done;
  const auto seconds = std::llround(elapsed_seconds / progress.requests_done * left);
  if (seconds < 1) return "";
  constexpr long long kMinute = 60;
  return format("about {} left", seconds < kMinute ? format("{} s", seconds)
                                                   : duration_text(static_cast<double>(seconds)));
}

std::vector<Line> step_lines(const std::vector<StepProgress>& steps, const Terminal& terminal) {
  std::vector<Line> lines;
  lines.reserve(steps.size());
  for (const auto& step : steps) lines.push_back(line_of(step, terminal));
  return lines;
}

Line bar_line(const RunProgress& progress, double elapsed_seconds, bool with_step,
              const Terminal& terminal) {
  Line line(format("{} {:>3} %", bar_text(progress.percent, terminal), progress.percent));
  const auto add = [&](const std::string& words) {
    if (!words.empty()) line.add("  " + words);
  };
  if (with_step) add(progress.step);
  add(requests_text(progress));
  add(time_left_text(progress, elapsed_seconds));
  return line;
}

}  // namespace nbasync::ctl
