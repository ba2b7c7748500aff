#include "ctl/view/schedule_text.hpp"

#include <cstddef>
#include <optional>

#include "base/format.hpp"
#include "ctl/view/block.hpp"
#include "ctl/view/fields.hpp"
#include "ctl/view/run_text.hpp"
#include "ctl/view/table.hpp"
#include "ctl/view/text.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;

std::string last_of(const json& schedule, SystemTime now) {
  const auto last = time_at(schedule, "last");
  return last ? ago_text(*last, now) : "never";
}

std::string in_text(SystemTime next, SystemTime now) {
  return next <= now ? "now" : "in " + left_text(next, now);
}

Table::Cell result_of(const json& schedule) {
  const auto status = text_at(schedule, "last_status");
  return {status.empty() ? "-" : status, status.empty() ? Colour::kDim : colour_of(status)};
}

std::string ran_text(const json& schedule, SystemTime last, SystemTime now,
                     const Terminal& terminal) {
  const auto status = text_at(schedule, "last_status");
  const auto run = text_at(schedule, "last_run_id").substr(0, 8);
  return format("{}, {}{}{}{}", time_text(last), ago_text(last, now), status.empty() ? "" : "; ",
                terminal.paint(colour_of(status), status), run.empty() ? "" : ", run " + run);
}

std::string decisions_text(const json& decisions, SystemTime now, const Terminal& terminal) {
  if (decisions.empty()) return "";
  Table table({{"WHEN"}, {"DECISION"}, {"RUN"}, {"REASON"}});
  for (const auto& decision : decisions) {
    const auto at = time_at(decision, "at");
    table.add({at ? ago_text(*at, now) : "-", text_at(decision, "decision"), short_id(decision),
               text_at(decision, "reason")});
  }
  return format("\n{}", table.render(terminal));
}

}  // namespace

std::string schedules_text(const json& schedules, SystemTime now, const Terminal& terminal) {
  constexpr std::size_t kWide = 110;  // less leaves little to the last column
  const bool narrow = terminal.width > 0 && terminal.width < kWide;
  Table table({{"NEXT"}, {"LEFT"}, {"NAME"}, {"TYPE"}, {"LAST"}, {"RESULT"}, {"WHY"}});
  for (const auto& schedule : schedules) {
    const auto next = time_at(schedule, "next");
    const auto when = [&] { return narrow ? short_time_text(*next) : time_text(*next); };
    const auto left = [&] {
      return narrow && *next > now ? age_text(now, *next) : left_text(*next, now);
    };
    table.add({next ? when() : "-", next ? left() : "-", text_at(schedule, "name"),
               text_at(schedule, "sync_type"), last_of(schedule, now), result_of(schedule),
               text_at(schedule, "why")});
  }
  return table.render(terminal);
}

std::string brief_schedules_text(const json& schedules, SystemTime now, const Terminal& terminal) {
  Table table({{"SCHEDULE"}, {"TYPE"}, {"NEXT"}, {"LAST"}, {"RESULT"}});
  for (const auto& schedule : schedules) {
    const auto next = time_at(schedule, "next");
    table.add({text_at(schedule, "name"), text_at(schedule, "sync_type"),
               next ? in_text(*next, now) : "-", last_of(schedule, now), result_of(schedule)});
  }
  return table.render(terminal);
}

std::string explanation_text(const json& explanation, SystemTime now, const Terminal& terminal) {
  auto text = format("{}, {}\n", terminal.paint(Colour::kBold, text_at(explanation, "name")),
                     text_at(explanation, "sync_type"));
  Block rule("Rule", terminal);
  rule.add_folded(text_at(explanation, "rule"));
  Block next("Next", terminal);
  const auto when = time_at(explanation, "next");
  next.add(when ? format("{}, {}", time_text(*when), in_text(*when, now)) : "nothing");
  Block because("Because", terminal);
  for (const auto& reason : list_at(explanation, "reasons")) {
    if (reason.is_string()) because.add_folded(printable(reason.get_ref<const std::string&>()));
  }
  if (because.text().empty()) because.add_folded(text_at(explanation, "why"));
  text += rule.text() + next.text() + because.text();
  if (const auto last = time_at(explanation, "last")) {
    text += format("{:>10}: {}\n", "Last", ran_text(explanation, *last, now, terminal));
  }
  return text + decisions_text(list_at(explanation, "decisions"), now, terminal);
}

}  // namespace nbasync::ctl
