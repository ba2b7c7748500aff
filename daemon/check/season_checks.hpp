#pragma once

#include <span>
#include <string_view>

#include "check/stored_season.hpp"
#include "model/check_answer.hpp"

namespace nbasync {

// A comparison of what is stored of one season. Pure; the answer's check and season are the
// caller's.
struct SeasonCheck {
  std::string_view word;
  CheckAnswer (*look)(const StoredSeason& stored);
};

// All of them, in the order in which they are told.
std::span<const SeasonCheck> season_checks();

namespace checks {

// final_checks.cpp: finals that are a day old or older, of the types that are synced.
CheckAnswer final_lines(const StoredSeason& stored);    // each has two lines
CheckAnswer final_scores(const StoredSeason& stored);   // which add up to its score
CheckAnswer line_pairs(const StoredSeason& stored);     // and say the same of each other
CheckAnswer player_points(const StoredSeason& stored);  // their players' points add up to theirs

// game_checks.cpp
CheckAnswer duplicates(const StoredSeason& stored);
CheckAnswer lines_without_game(const StoredSeason& stored);
CheckAnswer unfinished_games(const StoredSeason& stored);

// record_checks.cpp: teams' records by the lines, against other tables.
CheckAnswer standings(const StoredSeason& stored);
CheckAnswer season_figures(const StoredSeason& stored);

}  // namespace checks
}  // namespace nbasync
