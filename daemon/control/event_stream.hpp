#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "control/event_reader.hpp"
#include "control/listener.hpp"
#include "http/budget.hpp"
#include "sync/sync_service.hpp"
#include "timer/timer_wheel.hpp"

namespace nbasync {

// What happens to runs, as Server-Sent Events: the last 256 are kept for all listeners together.
// Ids grow, also across restarts. Loop thread.
class EventStream {
 public:
  static constexpr std::size_t kKept = 256;
  static constexpr Budget::Limits kReaders{128, 64};  // of each way in; told in nbasyncd(8)
  static constexpr Duration kKeepAlive{15'000};

  EventStream(TimerWheel& wheel, const Clock& clock);

  void publish(const SyncEvent& event);

  // A listener from now on; or with the id of the last event that it has seen, from the next one
  // on, and from the oldest kept one if that id is not known. nullptr: this peer, or all at this
  // listener, have too many, or the stream has ended.
  std::shared_ptr<EventReader> open(Listener listener, const std::string& peer,
                                    std::optional<std::uint64_t> last_seen);

  // Ends all listeners.
  void end();

 private:
  friend class EventReader;

  // The event's text; nullptr if it is no longer there. `id` is at most the next one's.
  const std::string* find(std::uint64_t id) const;
  std::uint64_t next_id() const { return first_id_ + kept_.size(); }
  template <typename Function>
  void for_each_reader(Function function);
  void tick();

  TimerWheel& wheel_;
  const Clock& clock_;
  std::uint64_t first_id_;  // of kept_.front()
  std::deque<std::string> kept_;
  std::map<Listener, Budget> budgets_;
  std::vector<std::weak_ptr<EventReader>> readers_;  // their connections own them
  Timer keep_alive_;                                 // armed while there are readers
  bool ended_ = false;
};

}  // namespace nbasync
