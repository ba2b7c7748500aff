#include "systemd/status_line.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/format.hpp"

namespace nbasync {
namespace {

std::string running(const protocol::CurrentSync& sync, std::size_t waiting) {
  std::string line = format("Syncing {} {}", sync.sync_type, sync.season);
  const auto& [step, percent, done, expected, steps] = sync.progress;
  if (!step.empty() && step != sync.sync_type) line += format(", {}", step);
  line += format(", {} %", percent);
  if (waiting != 0) line += format("; {} waiting", waiting);
  return line;
}

std::string idle(const protocol::Status& status) {
  if (status.paused) return "Idle; schedules are paused";
  const protocol::ScheduleState* next = nullptr;
  for (const auto& schedule : status.schedules) {
    if (schedule.next && (next == nullptr || *schedule.next < *next->next)) next = &schedule;
  }
  if (next == nullptr) return "Idle; nothing is scheduled";
  return format("Idle; next {} ({}) at {}", next->name, next->sync_type, format_utc(*next->next));
}

// A new line ends an assignment in sd_notify's protocol.
std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

}  // namespace

std::string status_line(const Error& why) {
  const bool is_mistake = why.code() == Errc::kBadConfiguration;
  return one_line(format("Syncs nothing: {}{}",
                         is_mistake ? "the configuration has a mistake: " : "", why.what()));
}

std::string status_line(const protocol::Status& status) {
  auto line =
      status.current_sync ? running(*status.current_sync, status.queue.size()) : idle(status);
  if (!status.configuration.error.empty()) {
    line += format("; configuration not reloaded: {}", status.configuration.error);
  }
  if (!status.configuration.restart_needed.empty()) {
    line += format("; restart needed for {}", fmt::join(status.configuration.restart_needed, ", "));
  }
  for (const auto& problem : status.problems) {
    line += format("; {}: {}", problem.part, problem.message);
  }
  return one_line(std::move(line));
}

}  // namespace nbasync
