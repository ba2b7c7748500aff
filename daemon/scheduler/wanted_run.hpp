#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "model/run_record.hpp"
#include "scheduler/schedule_turn.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// A timer that waits for such a run sleeps no longer: the wall clock may be set.
inline constexpr Duration kLongestWait = std::chrono::minutes(1);

// One run that is wanted until it has succeeded: asked for, tried again by the usual rule, at last
// given up. Pure: whoever drives it asks for the run, and tells it the time and what came of that.
struct WantedRun {
  enum class State { kWaiting, kUnderWay, kDone, kGivenUp };

  State state = State::kWaiting;
  Turn turn = {};           // the next try, or the one under way; its nominal time says nothing
  SystemTime not_before{};  // the next try, while it waits
  std::string run_id = {};  // of the try under way, or of the last
  std::string why = {};     // it is given up

  bool is_due(SystemTime now) const { return state == State::kWaiting && not_before <= now; }

  // The clock may have gone back: what waits for a time that was wrong would wait for ever.
  void right(SystemTime now);

  void asked(std::string id);
  void admitted(const std::string& id, const Admission& admission, SystemTime now);
  void ended(const RunRecord& run, SystemTime now);

  // After a restart: what became of the run that was under way, as the log knows it; null if it
  // never began. One that was broken off is tried again at once; it counts as a try.
  void recover(const RunRecord* run, SystemTime now);

  bool operator==(const WantedRun&) const = default;

 private:
  void failed(const RunRecord& run, SystemTime now);
};

}  // namespace nbasync
