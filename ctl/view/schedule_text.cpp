#include "ctl/view/schedule_text.hpp"

#include <optional>

#include "base/format.hpp"
#include "ctl/view/block.hpp"
#include "ctl/view/run_text.hpp"
#include "ctl/view/table.hpp"
#include "ctl/view/text.hpp"
#include "ctl/view/time_text.hpp"
#include "model/sync_wish.hpp"

namespace nbasync::ctl {
namespace {

using protocol::Explanation;
using protocol::ScheduleState;

std::string last_of(const ScheduleState& schedule, SystemTime now) {
  return schedule.last ? ago_text(*schedule.last, now) : "never";
}

std::string in_text(SystemTime next, SystemTime now) {
  return next <= now ? "now" : "in " + left_text(next, now);
}

Table::Cell result_of(const ScheduleState& schedule) {
  if (!schedule.last_status) return {"-", Colour::kDim};
  return {std::string(to_string(*schedule.last_status)), colour_of(*schedule.last_status)};
}

std::string ran_text(const ScheduleState& schedule, SystemTime now, const Terminal& terminal) {
  auto text = format("{}, {}", time_text(*schedule.last, terminal), ago_text(*schedule.last, now));
  if (schedule.last_status) text += "; " + coloured(*schedule.last_status, terminal);
  if (!schedule.last_run_id.empty()) text += ", run " + short_id(schedule.last_run_id);
  return text;
}

// When it asks for something next, retries included.
std::optional<SystemTime> next_of(const ScheduleState& schedule) {
  return schedule.retry_at ? schedule.retry_at : schedule.next;
}

// "nightly syncs full, next tomorrow 06:00, in 18 h 00 min; the last time, 3 h ago, it failed."
std::string sentence(const ScheduleState& schedule, SystemTime now, const Terminal& terminal) {
  const auto next = next_of(schedule);
  auto text = format("{} syncs {}", schedule.name,
                     schedule.sync_type == kFullSync ? "all data" : schedule.sync_type);
  if (schedule.retry_at) {
    text += format(" again {}, because it did not succeed", in_text(*schedule.retry_at, now));
  } else if (next) {
    text +=
        format(", next {}",
               *next <= now ? "now" : day_text(*next, now, terminal) + ", " + in_text(*next, now));
  } else {
    text += format(", but nothing is due: {}", with_own_times(schedule.why, terminal));
  }
  if (!schedule.last) return text + "; it has not run yet.";
  return text + format("; the last time, {}, it ended with {}.", ago_text(*schedule.last, now),
                       schedule.last_status ? to_string(*schedule.last_status) : "nothing known");
}

std::string decisions_text(const std::vector<Decision>& decisions, SystemTime now,
                           const Terminal& terminal) {
  if (decisions.empty()) return "";
  Table table({{"WHEN"}, {"DECISION"}, {"RUN"}, {"REASON"}});
  for (const auto& decision : decisions) {
    table.add({ago_text(decision.at, now), std::string(to_string(decision.kind)),
               short_id(decision.run_id), with_own_times(decision.reason, terminal)});
  }
  return format("\n{}", table.render(terminal));
}

}  // namespace

std::string schedules_text(const std::vector<ScheduleState>& schedules, SystemTime now,
                           const Terminal& terminal) {
  Table table({{"NEXT"},
               {"LEFT", Table::Align::kLeft, false},
               {"NAME"},
               {"TYPE"},
               {"LAST", Table::Align::kLeft, false},
               {"RESULT", Table::Align::kLeft, false}});
  for (const auto& schedule : schedules) {
    const auto next = next_of(schedule);
    table.add({next ? day_text(*next, now, terminal) : "-", next ? left_text(*next, now) : "-",
               schedule.name, schedule.sync_type, last_of(schedule, now), result_of(schedule)});
    if (!schedule.why.empty()) table.add_below(with_own_times(schedule.why, terminal));
  }
  return table.render(terminal);
}

std::string brief_schedules_text(const std::vector<ScheduleState>& schedules, SystemTime now,
                                 const Terminal& terminal) {
  Table table({{"SCHEDULE"}, {"TYPE"}, {"NEXT"}, {"LAST"}, {"RESULT"}});
  for (const auto& schedule : schedules) {
    const auto next = next_of(schedule);
    table.add({schedule.name, schedule.sync_type, next ? in_text(*next, now) : "-",
               last_of(schedule, now), result_of(schedule)});
  }
  return table.render(terminal);
}

std::string explanation_text(const Explanation& explanation, SystemTime now,
                             const Terminal& terminal) {
  const auto& schedule = explanation.state;
  std::string text;
  for (const auto& line : folded(sentence(schedule, now, terminal), terminal.width, 0)) {
    text += line + '\n';
  }
  text += '\n';
  Block rule("Rule", terminal);
  rule.add_folded(schedule.rule);
  Block next("Next", terminal);
  next.add(schedule.next
               ? format("{}, {}", time_text(*schedule.next, terminal), in_text(*schedule.next, now))
               : "nothing");
  Block because("Because", terminal);
  for (const auto& reason : explanation.reasons) {
    because.add_folded(with_own_times(reason, terminal));
  }
  if (because.text().empty()) because.add_folded(with_own_times(schedule.why, terminal));
  text += rule.text() + next.text() + because.text();
  if (schedule.last) text += format("{:>10}: {}\n", "Last", ran_text(schedule, now, terminal));
  return text + decisions_text(explanation.decisions, now, terminal);
}

}  // namespace nbasync::ctl
