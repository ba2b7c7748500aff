#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "ctl/view/redrawn_lines.hpp"
#include "ctl/view/terminal.hpp"
#include "model/sync_event.hpp"
#include "protocol/status.hpp"

namespace nbasync::ctl {

// Runs on a terminal, a line each: those that have ended stay; below them the one under way, and
// those that wait for the lock, are rewritten in place.
class RunBoard {
 public:
  // All must outlive it. run_id: only this run is of interest; empty: all are.
  RunBoard(std::ostream& out, const Terminal& terminal, const Clock& clock, std::string run_id)
      : out_(out),
        terminal_(terminal),
        clock_(clock),
        run_id_(std::move(run_id)),
        lines_(out, terminal) {}

  // What runs and waits now.
  void show(const protocol::Status& status);

  // name: a word of SyncEvent::Kind.
  void happened(const std::string& name, const SyncEvent& event);

  // Writes the lines anew, as the time that they show moves on.
  void draw();

 private:
  struct Running {
    std::string run_id;
    std::string sync_type;
    RunProgress progress;
    SystemTime since;
  };
  struct Waiting {
    std::string run_id;
    std::string sync_type;
    SystemTime since;
    std::string triggered_by;
  };

  bool is_wanted(const std::string& run_id) const { return run_id_.empty() || run_id_ == run_id; }
  void ended(const RunRecord& run);
  Line running_line() const;
  Line waiting_line(const Waiting& waiting, std::size_t position) const;

  std::ostream& out_;
  const Terminal& terminal_;
  const Clock& clock_;
  std::string run_id_;
  RedrawnLines lines_;
  std::optional<Running> running_;
  std::vector<Waiting> waiting_;
};

}  // namespace nbasync::ctl
