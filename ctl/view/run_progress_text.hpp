#pragma once

#include <string>
#include <vector>

#include "ctl/view/line.hpp"
#include "ctl/view/terminal.hpp"
#include "model/run_progress.hpp"

// How far a run is, in words.
namespace nbasync::ctl {

// "7 of 20 requests"; empty where the daemon does not tell.
std::string requests_text(const RunProgress& progress);

// "about 9 s left", by the time that each request has taken so far; empty while that is not known.
std::string time_left_text(const RunProgress& progress, double elapsed_seconds);

// A line a step: ticked off with what it did, under way with its bar, or to come.
std::vector<Line> step_lines(const std::vector<StepProgress>& steps, const Terminal& terminal);

// "▕████░░░░░░▏ 45 %  game_logs  7 of 20 requests  about 9 s left", as much as fits; the step is
// left out where `with_step` is false.
Line bar_line(const RunProgress& progress, double elapsed_seconds, bool with_step,
              const Terminal& terminal);

}  // namespace nbasync::ctl
