#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "base/clock.hpp"
#include "ctl/view/terminal.hpp"

namespace nbasync::ctl {

// One line on a terminal that tells how far a sync is, rewritten in place and gone at the end.
class ProgressLine {
 public:
  // All must outlive it.
  ProgressLine(std::ostream& out, const Terminal& terminal, const Clock& clock,
               const std::string& sync_type)
      : out_(out), terminal_(terminal), clock_(clock), sync_type_(sync_type) {}
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // The sync runs, for so long already.
  void running(Duration already = Duration::zero());
  // The sync waits; behind: the type of the one that runs, may be empty.
  void waiting(std::uint64_t position, const std::string& behind);
  void progress(const std::string& step, unsigned percent);

  bool is_waiting() const { return waiting_; }

  // Writes the line anew, as the time that it shows moves on.
  void draw();
  void clear();

 private:
  std::string text() const;

  std::ostream& out_;
  const Terminal& terminal_;
  const Clock& clock_;
  std::string sync_type_;
  bool waiting_ = false;
  std::uint64_t position_ = 1;
  std::string behind_;
  std::string step_;
  unsigned percent_ = 0;
  SteadyTime since_ = clock_.steady();
};

}  // namespace nbasync::ctl
