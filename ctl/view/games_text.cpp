#include "ctl/view/games_text.hpp"

#include <cstdio>
#include <string_view>

#include "base/format.hpp"
#include "ctl/view/fields.hpp"
#include "ctl/view/table.hpp"
#include "ctl/view/text.hpp"

namespace nbasync::ctl {
namespace {

using nlohmann::json;

// "PT04M32.00S" as "4:32"; empty for no time left, or none known.
std::string clock_text(const std::string& clock) {
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
Table::Cell state_of(const json& game, SystemTime now) {
  const auto status = text_at(game, "status");
  const auto words = text_at(game, "game_status_text");
  if (status == "live") {
    const auto period = count_at(game, "period");
    const auto clock = clock_text(text_at(game, "game_clock"));
    if (period > 0 && !clock.empty()) {
      return {format("{} {}", period_text(period), clock), Colour::kGreen};
    }
    return {words.empty() ? status : words, Colour::kGreen};
  }
  if (status == "postponed") return {status, Colour::kYellow};
  const auto start = time_at(game, "game_time_utc");
  if (status == "scheduled" && start && *start > now) return {"in " + left_text(*start, now)};
  return {words.empty() || status == "scheduled" ? status : words};
}

struct Counts {
  int live = 0;
  int over = 0;
  int to_come = 0;
  int postponed = 0;  // the only other status
};

Counts count(const json& games) {
  Counts counts;
  for (const auto& game : games) {
    const auto status = text_at(game, "status");
    ++(status == "live"        ? counts.live
       : status == "final"     ? counts.over
       : status == "scheduled" ? counts.to_come
                               : counts.postponed);
  }
  return counts;
}

// "2026-01-15, 5 games: 2 live, 1 final, 2 to come".
std::string headline(const json& games, const Terminal& terminal) {
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
  return format("{}, {}{}\n", text_at(games.front(), "game_date"),
                count_text(static_cast<std::int64_t>(games.size()), "game"), parts);
}

std::string team_of(const json& game, const char* key) {
  const auto name = text_at(game, key);
  return name.empty() ? "?" : name;
}

}  // namespace

std::string games_text(const json& games, SystemTime now, const Terminal& terminal) {
  if (games.empty()) return "";
  constexpr auto kRight = Table::Align::kRight;
  Table table({{"AWAY"}, {"", kRight}, {"HOME"}, {"", kRight}, {"STATE"}, {"START"}, {"NOTE"}});
  for (const auto& game : games) {
    const auto status = text_at(game, "status");
    const bool played = status == "live" || status == "final";
    const auto home = count_at(game, "home_score");
    const auto away = count_at(game, "away_score");
    const auto points = [&](std::int64_t own, std::int64_t other) -> Table::Cell {
      return {played ? format("{}", own) : "", own > other ? Colour::kBold : Colour::kNone};
    };
    const auto start = time_at(game, "game_time_utc");
    table.add({team_of(game, "away_team_name"), points(away, home), team_of(game, "home_team_name"),
               points(home, away), state_of(game, now), start ? short_time_text(*start) : "-",
               text_at(game, "label")});
  }
  return headline(games, terminal) + "\n" + table.render(terminal);
}

}  // namespace nbasync::ctl
