#include "ctl/view/backfill_text.hpp"

#include "base/format.hpp"
#include "base/text.hpp"
#include "ctl/view/run_text.hpp"
#include "ctl/view/table.hpp"
#include "ctl/view/text.hpp"

namespace nbasync::ctl {
namespace {

using protocol::BackfillSeason;

constexpr std::size_t kLongestWhy = 120;  // the whole is in --json

Colour colour_of(SeasonState state) {
  if (state == SeasonState::kFailed) return Colour::kRed;
  if (state == SeasonState::kUnderWay) return Colour::kGreen;
  return state == SeasonState::kStopped ? Colour::kYellow : Colour::kNone;
}

// "waiting, in 4 min", "under-way, retry 2".
std::string state_text(const BackfillSeason& season, SystemTime now) {
  std::string text(to_string(season.state));
  if (season.not_before) return text + ", in " + left_text(*season.not_before, now);
  const bool again = season.state == SeasonState::kUnderWay && season.retry > 0;
  return again ? format("{}, retry {}", text, season.retry) : text;
}

}  // namespace

std::string backfill_line(const protocol::BackfillState& backfill) {
  auto text =
      format("{}..{}: {} of {} seasons", backfill.from, backfill.to, backfill.done, backfill.of);
  if (backfill.failed > 0) text += format(", {} failed", backfill.failed);
  if (!backfill.open && backfill.done < backfill.of) return text + "; stopped";
  if (!backfill.season.empty()) return text + format("; {} now", backfill.season);
  return backfill.open && !backfill.why.empty() ? text + "; " + backfill.why : text;
}

std::string backfill_text(const protocol::BackfillState& backfill, SystemTime now,
                          const Terminal& terminal) {
  Table table({{"SEASON"}, {"STATE"}, {"RUN"}, {"WHY"}});
  for (const auto& season : backfill.seasons) {
    table.add({season.season,
               {state_text(season, now), colour_of(season.state)},
               season.run_id.empty() ? "-" : short_id(season.run_id),
               printable(season.why, kLongestWhy)});
  }
  return format("{}\n\n{}", backfill_line(backfill), table.render(terminal));
}

}  // namespace nbasync::ctl
