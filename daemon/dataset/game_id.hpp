#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/season_type.hpp"

namespace nbasync {

// What a game id of ten digits says: league (2), type (1), start year (2), number (5).

// Ten digits.
bool is_game_id(std::string_view id);

// A game of the NBA, of whatever kind; not the WNBA, the G League or a Summer League.
bool is_nba_game(std::string_view id);

// "Regular Season", "Playoffs", ...; empty for a type that we do not know.
std::string_view game_type(std::string_view id);

// The type; nullopt for All-Star games and types that we do not know.
std::optional<SeasonType> season_type_of(std::string_view id);

// "2022-23" of "0042200163".
std::string season_of_game(std::string_view id);

}  // namespace nbasync
