#pragma once

#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "model/decision.hpp"
#include "store/live_games.hpp"

// What the machine of a schedule is told and says, and what it remembers of a run.
namespace nbasync {

// The circumstances of a transition.
struct Moment {
  SystemTime now;
  bool paused = false;
  bool stopping = false;
  std::span<const LiveGame> games = {};  // for live schedules
};

// One of a schedule's times that has come, as far as its runs have brought it.
struct Turn {
  SystemTime nominal;
  unsigned retry = 0;                   // 0: its first run
  std::vector<std::string> steps = {};  // of a full run, which to do; empty: all
  std::string failed_run = {};          // of a retry: of which run,
  std::string because = {};             // and why, as a sentence

  bool operator==(const Turn&) const = default;
};

// What the run of a turn does: at most one is under way or waits.
struct Idle {
  bool operator==(const Idle&) const = default;
};
struct UnderWay {
  Turn turn;
  std::string run_id;
  bool outdated = false;  // it was asked for under another configuration of the schedule

  bool operator==(const UnderWay&) const = default;
};
struct RetryWaiting {
  Turn turn;  // the one to come
  SystemTime at;

  bool operator==(const RetryWaiting&) const = default;
};
using RunState = std::variant<Idle, UnderWay, RetryWaiting>;

// A run is to be asked for. The answer is asked() or skipped(), before anything else.
struct Ask {
  Turn turn;
  DecisionKind decision = DecisionKind::kFired;
  std::string cause;  // a sentence, for the record of decisions
};

// Something to be recorded.
struct Tell {
  DecisionKind kind = DecisionKind::kOther;
  std::string reason;
  std::string run_id = {};
  std::vector<SystemTime> times = {};         // the nominal times that are decided by it,
  std::optional<SystemTime> all_before = {};  // and all before that one
};

}  // namespace nbasync
