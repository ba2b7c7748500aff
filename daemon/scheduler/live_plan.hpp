#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/clock.hpp"
#include "schedule/schedule_spec.hpp"
#include "store/live_games.hpp"

namespace nbasync {

// How far around now the games are looked at.
inline constexpr auto kGamesBefore = std::chrono::hours(12);
inline constexpr auto kGamesAfter = std::chrono::hours(24 * 14);

// A game that should have begun that long ago, and has not, will not.
inline constexpr auto kTipOffOverdue = std::chrono::hours(6);

// What is known of a live schedule's past polls.
struct LiveProgress {
  std::optional<SystemTime> last_end;  // of the last poll
  unsigned quiet = 0;                  // how many polls in a row brought nothing new
};

struct LivePlan {
  std::optional<SystemTime> next;  // none: no game is known
  bool polling = false;            // a game is on or about to start
  std::string why;
};

// When to poll next. Pure. While a game is on or about to start: `every` after the end of the last
// poll, and up to four times as long while polls bring nothing new; otherwise `before_tipoff`
// before the next game.
LivePlan plan_live(const LiveRule& rule, std::span<const LiveGame> games,
                   const LiveProgress& progress, SystemTime now);

}  // namespace nbasync
