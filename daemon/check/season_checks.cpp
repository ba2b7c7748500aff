#include "check/season_checks.hpp"

namespace nbasync {
namespace {

constexpr SeasonCheck kSeasonChecks[] = {
    {"final-lines", checks::final_lines},
    {"final-scores", checks::final_scores},
    {"line-pairs", checks::line_pairs},
    {"player-points", checks::player_points},
    {"duplicates", checks::duplicates},
    {"lines-without-game", checks::lines_without_game},
    {"unfinished-games", checks::unfinished_games},
    {"standings", checks::standings},
    {"season-figures", checks::season_figures},
};

}  // namespace

std::span<const SeasonCheck> season_checks() { return kSeasonChecks; }

}  // namespace nbasync
