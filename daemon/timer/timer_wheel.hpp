#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <utility>

namespace nbasync {

// A point in time, in the unit of whoever advances the wheel; the daemon's is in tick.hpp. kNever
// may be armed like any other tick, but does not come.
using Tick = std::uint64_t;
inline constexpr Tick kNever = std::numeric_limits<Tick>::max();

class TimerWheel;

// Two pointers of a ring: what a timer and a wheel's slot have in common.
struct TimerLink {
  TimerLink* next = nullptr;
  TimerLink* previous = nullptr;
};

// One timeout: a callback and, while it is armed, a place on a wheel. Owned by whoever wants to be
// called; its destructor cancels. Belongs to the loop thread, and to one wheel at a time.
class Timer : private TimerLink {
 public:
  // `callback` runs inside TimerWheel::advance and must not throw. It may arm, cancel and destroy
  // any timer, this one too, but must not call advance.
  explicit Timer(std::function<void()> callback) : callback_(std::move(callback)) {}
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  ~Timer();

  // Does nothing when not armed. O(1), and exact: the callback will not run.
  void cancel() noexcept;

  bool armed() const noexcept { return next != nullptr; }

  // The tick it is due at; for a timer that is not armed the tick it was last due at.
  Tick when() const noexcept { return when_; }

 private:
  friend class TimerWheel;

  Tick when_ = kNever;
  TimerWheel* wheel_ = nullptr;  // set while armed or firing
  std::function<void()> callback_;
};

// Every timeout of the daemon: a hierarchical timer wheel, driven from outside. It has no clock; it
// stands at the tick of the last advance. Timers fire by tick, and within a tick in the order in
// which they were armed. Loop thread only.
//
// Eight levels of 256 slots cover every tick. A timer's level is the highest byte in which its tick
// differs from the wheel's, its slot that byte of its tick; so all timers of one tick share a slot,
// which keeps their order when a slot is dealt out to lower levels, and the first occupied slot
// holds the earliest. Bitmaps of occupied slots jump over empty time, however long.
class TimerWheel {
 public:
  // Stands at `now`, with everything up to it in the past.
  explicit TimerWheel(Tick now = 0);
  TimerWheel(const TimerWheel&) = delete;
  TimerWheel& operator=(const TimerWheel&) = delete;

  // The timers left on it become unarmed.
  ~TimerWheel();

  // Arms `timer`, or arms it anew, last in the order of its tick. A tick that has passed counts as
  // the one at which the wheel stands: it fires at the next advance, or within the running one when
  // armed by a callback. A callback that arms its own timer for such a tick gets the tick after it,
  // so that it cannot hold up the wheel. O(1).
  void arm(Timer& timer, Tick when) noexcept;

  // The tick of the earliest timer, exactly; nullopt when none is armed. A scan of one slot when
  // that timer is 256 ticks off or more, remembered until it fires or is cancelled.
  std::optional<Tick> next() const noexcept;

  // Fires what is due up to and including `to`, and stands there. Earlier than where the wheel
  // stands: fires only what is due where it stands.
  void advance(Tick to) {
    to = std::max(to, now_);
    if (to < quiet_until_) {
      now_ = to;
    } else {
      advance_through_slots(to);
    }
  }

  Tick now() const noexcept { return now_; }

 private:
  friend class Timer;

  static constexpr unsigned kLevelBits = 8;
  static constexpr std::size_t kSlotsOfLevel = std::size_t{1} << kLevelBits;
  static constexpr std::size_t kSlots = kSlotsOfLevel * 64 / kLevelBits;
  static constexpr Tick kUnknown = 0;

  void advance_through_slots(Tick to);
  std::size_t slot_of(Tick when) const noexcept;
  std::size_t first_slot() const noexcept;
  Tick start_of(std::size_t slot) const noexcept;
  void append(Timer& timer) noexcept;
  void remove(Timer& timer) noexcept;
  void clear(std::size_t slot) noexcept;
  void deal_out(std::size_t slot) noexcept;
  void fire(Timer& timer);

  Tick now_;
  Tick quiet_until_ = kNever;  // no occupied slot starts before
  mutable Tick next_ = kUnknown;
  Timer* firing_ = nullptr;
  std::uint32_t occupied_words_ = 0;  // bit w: occupied_[w] is not zero
  std::array<std::uint64_t, kSlots / 64> occupied_{};
  std::array<TimerLink, kSlots> slots_;  // heads of rings, oldest first; level 0 first
};

}  // namespace nbasync
