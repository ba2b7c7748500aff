#pragma once

#include <array>
#include <string>

#include "base/clock.hpp"
#include "model/fields.hpp"
#include "model/words.hpp"

namespace nbasync {

enum class DecisionKind {
  kRequested,  // somebody asked, and a run was made
  kJoined,     // …and shares a run that waits or runs
  kRefused,
  kFired,     // a schedule came due
  kCaughtUp,  // …some time ago
  kRetried,   // its run had failed or was interrupted
  kGaveUp,    // …and is not tried again
  kSkipped,   // its twin waits or runs
  kMissed,    // and is not made up for
  kPaused,
  kResumed,
  kClockSet,
  kOther,  // of a newer version
};

template <>
struct Words<DecisionKind> {
  static constexpr auto table = std::to_array<WordOf<DecisionKind>>({
      {DecisionKind::kRequested, "requested"},
      {DecisionKind::kJoined, "joined"},
      {DecisionKind::kRefused, "refused"},
      {DecisionKind::kFired, "fired"},
      {DecisionKind::kCaughtUp, "caught-up"},
      {DecisionKind::kRetried, "retried"},
      {DecisionKind::kGaveUp, "gave-up"},
      {DecisionKind::kSkipped, "skipped"},
      {DecisionKind::kMissed, "missed"},
      {DecisionKind::kPaused, "paused"},
      {DecisionKind::kResumed, "resumed"},
      {DecisionKind::kClockSet, "clock-set"},
      {DecisionKind::kOther, "other"},
  });
  static constexpr auto unknown = DecisionKind::kOther;
};

// Something that was decided about a sync, and why: what Explain shows and the database keeps.
struct Decision {
  SystemTime at;
  std::string schedule;   // empty: no schedule's, but a request
  std::string sync_type;  // empty: of all, as for kPaused
  DecisionKind kind = DecisionKind::kOther;
  std::string reason;
  std::string run_id;  // of the run that it made or met; may be empty

  // The columns of nbasync_decisions, too.
  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"at", kMillis, "when"}, self.at);
    visit(Field{"schedule", kNullable, "whose; null: no schedule's, but a request"}, self.schedule);
    visit(Field{"sync_type", kNullable, "what was to be synced; null: of all"}, self.sync_type);
    visit(Field{"decision", kPlain, "what was decided"}, self.kind);
    visit(Field{"reason", kPlain, "why, a sentence"}, self.reason);
    visit(Field{"run_id", kNullable, "of the run that it made or met"}, self.run_id);
  }

  bool operator==(const Decision&) const = default;
};

}  // namespace nbasync
