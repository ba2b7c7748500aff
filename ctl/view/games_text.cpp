#include "ctl/view/games_text.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <utility>

#include "base/format.hpp"
#include "ctl/view/table.hpp"
#include "ctl/view/text.hpp"
#include "ctl/view/time_text.hpp"

namespace nbasync::ctl {
namespace {

using protocol::Game;

// "PT04M32.00S" as "4:32"; empty for no time left, or none known.
std::string time_on_clock(const std::string& clock) {
  int minutes = 0, seconds = 0;
  if (std::sscanf(clock.c_str(), "PT%2dM%2d", &minutes, &seconds) != 2) return "";
  return minutes == 0 && seconds == 0 ? "" : format("{}:{:02}", minutes, seconds);
}

// "Q3", "OT", "OT2".
std::string period_text(std::int64_t period) {
  constexpr std::int64_t kQuarters = 4;
  if (period <= kQuarters) return format("Q{}", period);
  return period == kQuarters + 1 ? "OT" : format("OT{}", period - kQuarters);
}

// How the game stands; upstream's words where it has better ones: "Half", "Final/OT", "PPD".
Table::Cell state_of(const Game& game, SystemTime now) {
  const auto& words = game.game_status_text;
  if (game.status == "live") {
    const auto clock = time_on_clock(game.game_clock);
    if (game.period > 0 && !clock.empty()) {
      return {format("{} {}", period_text(game.period), clock), Colour::kGreen};
    }
    return {words.empty() ? game.status : words, Colour::kGreen};
  }
  if (game.status == "postponed") return {game.status, Colour::kYellow};
  const auto& start = game.game_time_utc;
  if (game.status == "scheduled" && start && *start > now) return {"in " + left_text(*start, now)};
  return {words.empty() || game.status == "scheduled" ? game.status : words};
}

struct Counts {
  int live = 0;
  int over = 0;
  int to_come = 0;
  int postponed = 0;  // the only other status
};

Counts count(const std::vector<Game>& games) {
  Counts counts;
  for (const auto& game : games) {
    const auto& status = game.status;
    ++(status == "live"        ? counts.live
       : status == "final"     ? counts.over
       : status == "scheduled" ? counts.to_come
                               : counts.postponed);
  }
  return counts;
}

// "2026-01-15, 5 games: 2 live, 1 final, 2 to come".
std::string headline(const std::vector<Game>& games, const Terminal& terminal) {
  const auto counts = count(games);
  std::string parts;
  const auto add = [&](int number, std::string_view words, Colour colour) {
    if (number == 0) return;
    parts += parts.empty() ? ": " : ", ";
    parts += terminal.paint(colour, format("{} {}", number, words));
  };
  add(counts.live, "live", Colour::kGreen);
  add(counts.over, "final", Colour::kNone);
  add(counts.to_come, "to come", Colour::kNone);
  add(counts.postponed, "postponed", Colour::kYellow);
  return format("{}, {}{}\n", games.front().game_date,
                count_text(static_cast<std::int64_t>(games.size()), "game"), parts);
}

std::string team_of(const std::string& name) { return name.empty() ? "?" : name; }

// Live ones, then by tip-off; those whose time is not known last.
std::vector<Game> in_order(std::vector<Game> games) {
  std::ranges::stable_sort(games, {}, [](const Game& game) {
    return std::pair(game.status != "live", game.game_time_utc.value_or(SystemTime::max()));
  });
  return games;
}

}  // namespace

std::string games_text(const std::vector<Game>& games, SystemTime now, const Terminal& terminal) {
  if (games.empty()) return "";
  constexpr auto kLeft = Table::Align::kLeft;
  constexpr auto kRight = Table::Align::kRight;
  Table table({{"START"},
               {"AWAY"},
               {"", kLeft, false},
               {"", kRight},
               {"HOME"},
               {"", kLeft, false},
               {"", kRight},
               {"STATE"},
               {"NOTE", kLeft, false}});
  for (const auto& game : in_order(games)) {
    const bool played = game.status == "live" || game.status == "final";
    const auto points = [&](std::int64_t own, std::int64_t other) -> Table::Cell {
      return {played ? format("{}", own) : "", own > other ? Colour::kBold : Colour::kNone};
    };
    const auto& start = game.game_time_utc;
    table.add({start ? day_text(*start, now, terminal) : "-",
               team_of(game.away_team_name),
               {game.away_team_record, Colour::kDim},
               points(game.away_score, game.home_score),
               team_of(game.home_team_name),
               {game.home_team_record, Colour::kDim},
               points(game.home_score, game.away_score),
               state_of(game, now),
               game.label});
  }
  return headline(games, terminal) + "\n" + table.render(terminal);
}

}  // namespace nbasync::ctl
