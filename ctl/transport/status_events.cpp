#include "ctl/transport/status_events.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "protocol/json.hpp"

namespace nbasync::ctl {
namespace {

using protocol::CurrentSync;
using protocol::Status;

Event event_of(SyncEvent::Kind kind, SyncEvent told) {
  auto whole = std::make_shared<const nlohmann::json>(protocol::to_json(told));
  return {std::string(to_string(kind)), {std::move(told), std::move(whole)}};
}

template <typename List>
bool has(const List& list, const std::string& run_id) {
  using Item = typename List::value_type;
  return std::ranges::find(list, run_id, &Item::run_id) != list.end();
}

void add_ended(const Answer<Status>& now, const Status& before, std::vector<Event>& events) {
  const auto recent = part_of(now, &Status::recent_syncs);
  for (auto i = recent->size(); i-- > 0;) {  // the newest is the first
    const auto& run = recent.value[i];
    if (has(before.recent_syncs, run.run_id)) continue;
    events.push_back(finished_event({run, item_of(recent.json, i)}));
  }
}

void add_queued(const Status& now, const Status& before, std::vector<Event>& events) {
  for (const auto& waiting : now.queue) {
    if (has(before.queue, waiting.run_id)) continue;
    events.push_back(event_of(SyncEvent::Kind::kQueued,
                              {.run_id = waiting.run_id, .sync_type = waiting.sync_type}));
  }
}

void add_current(const CurrentSync& now, const CurrentSync& before, std::vector<Event>& events) {
  const SyncEvent about{.run_id = now.run_id, .sync_type = now.sync_type};
  const bool began = now.run_id != before.run_id;
  if (began) events.push_back(event_of(SyncEvent::Kind::kStarted, about));
  if (now.progress.step.empty()) return;
  if (!began && now.progress == before.progress) return;
  events.push_back(event_of(SyncEvent::Kind::kProgress,
                            nbasync::event_of(now.run_id, now.sync_type, now.progress)));
}

}  // namespace

std::vector<Event> StatusEvents::since_last(const Answer<Status>& now) {
  std::vector<Event> events;
  if (last_) {
    add_ended(now, *last_, events);
    add_queued(now.value, *last_, events);
  }
  const auto before = last_ ? last_->current_sync : std::nullopt;
  if (now->current_sync) {
    add_current(*now->current_sync, before.value_or(CurrentSync{}), events);
  }
  last_ = now.value;
  return events;
}

}  // namespace nbasync::ctl
