#include "control/event_stream.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "protocol/json.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

std::string text_of(const SyncEvent& event, std::uint64_t id) {
  return format(
      "id: {}\nevent: {}\ndata: {}\n\n", id, to_string(event.kind),
      protocol::to_json(event).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

// Milliseconds since the epoch: no process made a thousand events a second before this one.
EventStream::EventStream(TimerWheel& wheel, const Clock& clock)
    : wheel_(wheel),
      clock_(clock),
      first_id_(static_cast<std::uint64_t>(
          std::chrono::duration_cast<Duration>(clock.wall().time_since_epoch()).count())),
      keep_alive_([this] { tick(); }) {}

template <typename Function>
void EventStream::for_each_reader(Function function) {
  std::erase_if(readers_, [](const auto& reader) { return reader.expired(); });
  const auto readers = readers_;  // what is called may close a connection
  for (const auto& each : readers) {
    if (const auto reader = each.lock()) function(*reader);
  }
}

void EventStream::publish(const SyncEvent& event) {
  if (ended_) return;
  kept_.push_back(text_of(event, next_id()));
  if (kept_.size() > kKept) {
    kept_.pop_front();
    ++first_id_;
  }
  for_each_reader([](EventReader& reader) { reader.wake(); });
}

std::shared_ptr<EventReader> EventStream::open(Listener listener, const std::string& peer,
                                               std::optional<std::uint64_t> last_seen) {
  for_each_reader([](EventReader&) {});
  auto& budget = budgets_.try_emplace(listener, kReaders).first->second;
  if (ended_ || !budget.has_room(peer)) return nullptr;
  std::uint64_t next = next_id();
  if (last_seen) {
    const bool known = *last_seen + 1 >= first_id_ && *last_seen < next;
    next = known ? *last_seen + 1 : first_id_;
  }
  auto reader = std::make_shared<EventReader>(*this, next, budget, peer);
  readers_.push_back(reader);
  if (!keep_alive_.armed()) wheel_.arm(keep_alive_, tick_after(clock_, kKeepAlive));
  return reader;
}

void EventStream::end() {
  ended_ = true;
  keep_alive_.cancel();
  for_each_reader([](EventReader& reader) { reader.end(); });
}

const std::string* EventStream::find(std::uint64_t id) const {
  if (id < first_id_) return nullptr;
  return &kept_[id - first_id_];
}

void EventStream::tick() {
  for_each_reader([](EventReader& reader) { reader.keep_alive(); });
  if (!readers_.empty()) wheel_.arm(keep_alive_, tick_after(clock_, kKeepAlive));
}

}  // namespace nbasync
