#include "timer/timer_wheel.hpp"

#include <algorithm>
#include <bit>

namespace nbasync {
namespace {

// Calls see(link) for all of a ring that is not empty, from both ends at once: a long ring is not
// in the cache, and in order each timer's miss would wait for the one before.
template <typename See>
void see_all(const TimerLink& ring, const See& see) {
  const TimerLink* front = ring.next;
  const TimerLink* back = ring.previous;
  while (front != back && front->next != back) {
    see(front);
    see(back);
    front = front->next;
    back = back->previous;
  }
  see(front);
  see(back);
}

}  // namespace

Timer::~Timer() {
  cancel();
  if (wheel_ != nullptr) wheel_->firing_ = nullptr;
}

void Timer::cancel() noexcept {
  if (!armed()) return;
  wheel_->remove(*this);
  if (wheel_->firing_ != this) wheel_ = nullptr;
}

TimerWheel::TimerWheel(Tick now) : now_(now) {
  for (TimerLink& slot : slots_) slot.next = slot.previous = &slot;
}

TimerWheel::~TimerWheel() {
  while (occupied_words_ != 0) {
    static_cast<Timer*>(slots_[first_slot()].next)->cancel();
  }
}

void TimerWheel::arm(Timer& timer, Tick when) noexcept {
  timer.cancel();
  timer.when_ = std::max(when, &timer == firing_ ? now_ + 1 : now_);
  timer.wheel_ = this;
  append(timer);
  if (timer.when_ < next_) next_ = timer.when_;
}

std::optional<Tick> TimerWheel::next() const noexcept {
  if (occupied_words_ == 0) return std::nullopt;
  if (next_ != kUnknown) return next_;
  const std::size_t slot = first_slot();
  if (slot < kSlotsOfLevel) return next_ = start_of(slot);
  next_ = kNever;
  see_all(slots_[slot], [this](const TimerLink* link) {
    next_ = std::min(next_, static_cast<const Timer*>(link)->when_);
  });
  return next_;
}

void TimerWheel::advance_through_slots(Tick to) {
  to = std::min(to, kNever - 1);
  while (occupied_words_ != 0) {
    const std::size_t slot = first_slot();
    const Tick start = start_of(slot);
    if (start > to) break;
    const TimerLink& ring = slots_[slot];
    auto& timer = *static_cast<Timer*>(ring.next);
    const bool alone = ring.next == ring.previous;
    if (slot < kSlotsOfLevel || (alone && timer.when_ <= to)) {
      fire(timer);
    } else {
      now_ = start;
      deal_out(slot);
    }
  }
  // No occupied slot starts before `to`, so every timer keeps its slot.
  now_ = to;
  quiet_until_ = occupied_words_ == 0 ? kNever : start_of(first_slot());
}

std::size_t TimerWheel::slot_of(Tick when) const noexcept {
  const auto highest_bit = static_cast<unsigned>(std::bit_width((when ^ now_) | 1) - 1);
  const unsigned level = highest_bit / kLevelBits;
  return level * kSlotsOfLevel + ((when >> (level * kLevelBits)) & (kSlotsOfLevel - 1));
}

std::size_t TimerWheel::first_slot() const noexcept {
  const auto word = static_cast<std::size_t>(std::countr_zero(occupied_words_));
  return word * 64 + static_cast<std::size_t>(std::countr_zero(occupied_[word]));
}

Tick TimerWheel::start_of(std::size_t slot) const noexcept {
  const std::size_t shift = slot / kSlotsOfLevel * kLevelBits;
  const Tick above = (now_ >> shift) & ~Tick{kSlotsOfLevel - 1};
  return (above | slot % kSlotsOfLevel) << shift;
}

void TimerWheel::append(Timer& timer) noexcept {
  const std::size_t slot = slot_of(timer.when_);
  TimerLink& ring = slots_[slot];
  timer.next = &ring;
  timer.previous = ring.previous;
  ring.previous->next = &timer;
  ring.previous = &timer;
  occupied_[slot / 64] |= std::uint64_t{1} << slot % 64;
  occupied_words_ |= std::uint32_t{1} << slot / 64;
  quiet_until_ = std::min(quiet_until_, start_of(slot));
}

void TimerWheel::remove(Timer& timer) noexcept {
  timer.previous->next = timer.next;
  timer.next->previous = timer.previous;
  if (timer.next == timer.previous) clear(slot_of(timer.when_));  // it was the only one of its ring
  timer.next = nullptr;
  if (timer.when_ == next_) next_ = kUnknown;
}

void TimerWheel::clear(std::size_t slot) noexcept {
  occupied_[slot / 64] &= ~(std::uint64_t{1} << slot % 64);
  if (occupied_[slot / 64] == 0) occupied_words_ &= ~(std::uint32_t{1} << slot / 64);
}

void TimerWheel::deal_out(std::size_t slot) noexcept {
  TimerLink& ring = slots_[slot];
  see_all(ring, [](const TimerLink* link) { __builtin_prefetch(link); });
  TimerLink* link = ring.next;
  ring.next = ring.previous = &ring;
  clear(slot);
  while (link != &ring) {
    auto& timer = *static_cast<Timer*>(link);
    link = link->next;
    append(timer);
  }
}

void TimerWheel::fire(Timer& timer) {
  remove(timer);
  now_ = timer.when_;
  firing_ = &timer;
  // Run from here, because the callback may destroy its timer, which then resets firing_.
  auto callback = std::move(timer.callback_);
  callback();
  if (firing_ == nullptr) return;
  timer.callback_ = std::move(callback);
  if (!timer.armed()) timer.wheel_ = nullptr;
  firing_ = nullptr;
}

}  // namespace nbasync
