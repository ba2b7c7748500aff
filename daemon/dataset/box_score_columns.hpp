#pragma once

#include <array>
#include <string_view>

#include "dataset/dataset.hpp"

// What the figures of a box score mean, of a team as of a player, a game or on average.
namespace nbasync {

inline constexpr auto kBoxScore = std::to_array<Column>({
    Column{"minutes"}.says("minutes played", "minutes"),
    Column{"points"}.says("points scored", "points"),
    Column{"fgm"}.says("field goals made, of two and of three points", "count"),
    Column{"fga"}.says("field goals attempted, of two and of three points", "count"),
    Column{"fg_pct"}.says("share of field goals that were made", "fraction"),
    Column{"fg2m"}.says("two-point field goals made", "count", "FGM less FG3M"),
    Column{"fg2a"}.says("two-point field goals attempted", "count", "FGA less FG3A"),
    Column{"fg3m"}.says("three-point field goals made", "count"),
    Column{"fg3a"}.says("three-point field goals attempted", "count"),
    Column{"fg3_pct"}.says("share of three-point field goals that were made", "fraction"),
    Column{"ftm"}.says("free throws made", "count"),
    Column{"fta"}.says("free throws attempted", "count"),
    Column{"ft_pct"}.says("share of free throws that were made", "fraction"),
    Column{"offensive_rebounds"}.says("offensive rebounds", "count"),
    Column{"defensive_rebounds"}.says("defensive rebounds", "count"),
    Column{"rebounds"}.says("rebounds, offensive and defensive", "count"),
    Column{"assists"}.says("assists", "count"),
    Column{"steals"}.says("steals", "count"),
    Column{"blocks"}.says("shots of the opponent blocked", "count"),
    Column{"turnovers"}.says("turnovers", "count"),
    Column{"fouls"}.says("personal fouls", "count"),
    Column{"plus_minus"}.says(
        "points of the team less the opponent's while the player was on the floor", "points"),
    Column{"off_rating"}.says("offensive rating: points scored", "points per 100 possessions"),
    Column{"def_rating"}.says("defensive rating: points conceded", "points per 100 possessions"),
    Column{"pace"}.says("possessions", "possessions per 48 minutes"),
    Column{"possessions"}.says("possessions", "count"),
    Column{"points_off_turnovers"}.says("points after turnovers of the other team", "points"),
    Column{"second_chance_points"}.says("points after an offensive rebound", "points"),
    Column{"fast_break_points"}.says("points by fast breaks", "points"),
    Column{"points_in_paint"}.says("points scored in the paint", "points"),
});

// What such a figure means in a game; one that is not there does not compile.
constexpr Meaning of_box_score(std::string_view name) {
  for (const Column& column : kBoxScore) {
    if (column.name == name) return column.meaning;
  }
  throw "no such figure";
}

// The same of the other team.
constexpr Meaning of_opponents_box_score(std::string_view name) {
  Meaning meaning = of_box_score(name);
  meaning.of_opponent = true;
  return meaning;
}

// The same on average.
constexpr Meaning a_game(Meaning meaning) {
  if (meaning.unit == "count") meaning.unit = "count per game";
  if (meaning.unit == "points") meaning.unit = "points per game";
  if (meaning.unit == "minutes") meaning.unit = "minutes per game";
  return meaning;
}

}  // namespace nbasync
