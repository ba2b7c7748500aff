#include "scheduler/live_plan.hpp"

#include <algorithm>
#include <cstddef>

#include "base/duration.hpp"
#include "base/format.hpp"

namespace nbasync {
namespace {

constexpr unsigned kPatience = 4;  // so many polls without news before the pace is halved

unsigned slowness(unsigned quiet) {
  if (quiet < kPatience) return 1;
  return quiet < 2 * kPatience ? 2 : 4;
}

struct Counts {
  std::size_t live = 0;
  std::size_t starting = 0;
  const LiveGame* next = nullptr;  // the first that is yet to be waited for
};

Counts count(std::span<const LiveGame> games, Duration before, SystemTime now) {
  Counts counts;
  for (const auto& game : games) {
    if (game.state == LiveGame::State::kLive) {
      ++counts.live;
    } else if (game.state == LiveGame::State::kScheduled && game.tip_off - before <= now) {
      counts.starting += now < game.tip_off + kTipOffOverdue ? 1 : 0;
    } else if (game.state == LiveGame::State::kScheduled &&
               (counts.next == nullptr || game.tip_off < counts.next->tip_off)) {
      counts.next = &game;
    }
  }
  return counts;
}

std::string pace(const LiveRule& rule, unsigned slow) {
  const auto interval = format_duration(rule.every * static_cast<int>(slow));
  return slow == 1 ? format("every {}", interval)
                   : format("every {}, as nothing changes", interval);
}

}  // namespace

LivePlan plan_live(const LiveRule& rule, std::span<const LiveGame> games,
                   const LiveProgress& progress, SystemTime now) {
  const Counts counts = count(games, rule.before_tipoff, now);
  if (counts.live + counts.starting > 0) {
    const unsigned slow = slowness(progress.quiet);
    const auto last = std::min(progress.last_end.value_or(SystemTime{}), now);
    return {std::max(now, last + rule.every * static_cast<int>(slow)), true,
            format("{} on, {} about to start: {}", counts.live, counts.starting, pace(rule, slow))};
  }
  if (counts.next != nullptr) {
    return {counts.next->tip_off - rule.before_tipoff, false,
            format("no game is on; {} tips off at {}", counts.next->name,
                   format_utc(counts.next->tip_off))};
  }
  return {std::nullopt, false,
          "no game of the next two weeks is known; sync schedule to learn of them"};
}

}  // namespace nbasync
