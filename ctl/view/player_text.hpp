#pragma once

#include <string>
#include <vector>

#include "ctl/view/terminal.hpp"
#include "protocol/player.hpp"

namespace nbasync::ctl {

// One player: who he is, his seasons, his last games.
std::string player_text(const protocol::Player& player,
                        const std::vector<protocol::PlayerSeason>& seasons,
                        const std::vector<protocol::PlayerGame>& games, const Terminal& terminal);

// Several, one a line.
std::string players_text(const std::vector<protocol::Player>& players, const Terminal& terminal);

}  // namespace nbasync::ctl
