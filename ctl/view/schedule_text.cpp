#include "ctl/view/schedule_text.hpp"

#include <cstddef>
#include <optional>

#include "base/format.hpp"
#include "ctl/view/block.hpp"
#include "ctl/view/run_text.hpp"
#include "ctl/view/table.hpp"
#include "ctl/view/text.hpp"

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
  auto text = format("{}, {}", time_text(*schedule.last), ago_text(*schedule.last, now));
  if (schedule.last_status) text += "; " + coloured(*schedule.last_status, terminal);
  if (!schedule.last_run_id.empty()) text += ", run " + short_id(schedule.last_run_id);
  return text;
}

std::string decisions_text(const std::vector<Decision>& decisions, SystemTime now,
                           const Terminal& terminal) {
  if (decisions.empty()) return "";
  Table table({{"WHEN"}, {"DECISION"}, {"RUN"}, {"REASON"}});
  for (const auto& decision : decisions) {
    table.add({ago_text(decision.at, now), std::string(to_string(decision.kind)),
               short_id(decision.run_id), decision.reason});
  }
  return format("\n{}", table.render(terminal));
}

}  // namespace

std::string schedules_text(const std::vector<ScheduleState>& schedules, SystemTime now,
                           const Terminal& terminal) {
  constexpr std::size_t kWide = 110;  // less leaves little to the last column
  const bool narrow = terminal.width > 0 && terminal.width < kWide;
  Table table({{"NEXT"}, {"LEFT"}, {"NAME"}, {"TYPE"}, {"LAST"}, {"RESULT"}, {"WHY"}});
  for (const auto& schedule : schedules) {
    const auto& next = schedule.next;
    const auto when = [&] { return narrow ? short_time_text(*next) : time_text(*next); };
    const auto left = [&] {
      return narrow && *next > now ? age_text(now, *next) : left_text(*next, now);
    };
    table.add({next ? when() : "-", next ? left() : "-", schedule.name, schedule.sync_type,
               last_of(schedule, now), result_of(schedule), schedule.why});
  }
  return table.render(terminal);
}

std::string brief_schedules_text(const std::vector<ScheduleState>& schedules, SystemTime now,
                                 const Terminal& terminal) {
  Table table({{"SCHEDULE"}, {"TYPE"}, {"NEXT"}, {"LAST"}, {"RESULT"}});
  for (const auto& schedule : schedules) {
    table.add({schedule.name, schedule.sync_type,
               schedule.next ? in_text(*schedule.next, now) : "-", last_of(schedule, now),
               result_of(schedule)});
  }
  return table.render(terminal);
}

std::string explanation_text(const Explanation& explanation, SystemTime now,
                             const Terminal& terminal) {
  const auto& schedule = explanation.state;
  auto text = format("{}, {}\n", terminal.paint(Colour::kBold, schedule.name), schedule.sync_type);
  Block rule("Rule", terminal);
  rule.add_folded(schedule.rule);
  Block next("Next", terminal);
  next.add(schedule.next ? format("{}, {}", time_text(*schedule.next), in_text(*schedule.next, now))
                         : "nothing");
  Block because("Because", terminal);
  for (const auto& reason : explanation.reasons) because.add_folded(reason);
  if (because.text().empty()) because.add_folded(schedule.why);
  text += rule.text() + next.text() + because.text();
  if (schedule.last) text += format("{:>10}: {}\n", "Last", ran_text(schedule, now, terminal));
  return text + decisions_text(explanation.decisions, now, terminal);
}

}  // namespace nbasync::ctl
