#include <array>

#include "dataset/catalog.hpp"

// The table that schedule, scoreboard and game_logs write, each the columns that it knows.
namespace nbasync {
namespace {

constexpr std::array kGamesColumns = {
    Column{"id", Type::kText, true},
    Column{"season"},
    Column{"game_date"},
    Column{"game_time_utc"},
    Column{"home_team_id", Type::kInteger},
    Column{"away_team_id", Type::kInteger},
    Column{"home_score", Type::kInteger},
    Column{"away_score", Type::kInteger},
    Column{"actual_total_points", Type::kInteger},
    Column{"game_pace", Type::kReal},
    Column{"status"},
    Column{"game_type"},
    Column{"is_neutral", Type::kInteger},
    Column{"label"},
    Column{"arena"},
};

}  // namespace

const Table kGamesTable = {"games", kGamesColumns, "updated_at", "created_at"};

}  // namespace nbasync
