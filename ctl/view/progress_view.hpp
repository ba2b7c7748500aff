#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "ctl/view/redrawn_lines.hpp"
#include "ctl/view/terminal.hpp"
#include "model/run_progress.hpp"

namespace nbasync::ctl {

// The last lines of a terminal, which tell how far a sync is: a line a step and one for the whole,
// or one line where they do not fit. Rewritten in place, and gone at the end.
class ProgressView {
 public:
  // All but the name must outlive it. name: "full 2025-26".
  ProgressView(std::ostream& out, const Terminal& terminal, const Clock& clock, std::string name)
      : terminal_(terminal), clock_(clock), name_(std::move(name)), lines_(out, terminal) {}

  // The sync runs, for so long already.
  void running(Duration already = Duration::zero());
  // The sync waits; behind: the type of the one that runs, may be empty.
  void waiting(std::uint64_t position, const std::string& behind);
  void progress(RunProgress progress);

  bool is_waiting() const { return waiting_; }

  // Writes the lines anew, as the time that they show moves on.
  void draw() { lines_.draw(lines()); }

 private:
  std::vector<Line> lines() const;
  Line one_line(const std::string& time) const;
  double elapsed() const;

  const Terminal& terminal_;
  const Clock& clock_;
  std::string name_;
  RedrawnLines lines_;
  bool waiting_ = false;
  std::uint64_t position_ = 1;
  std::string behind_;
  RunProgress progress_;
  SteadyTime since_ = clock_.steady();
};

}  // namespace nbasync::ctl
