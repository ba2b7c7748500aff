#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dataset/dataset.hpp"
#include "dataset/season_facts.hpp"

namespace nbasync {

// Who tells of a game.
enum class Teller { kBySchedule, kByBoard, kByLogs };

// What one of them says of it.
struct GameStory {
  std::string status;
  std::optional<std::int64_t> home_score;
  std::optional<std::int64_t> away_score;
};

// The one reading of a game's status, of schedule and scoreboard alike: by the text first, without
// regard to case and blanks, then by the number (1 scheduled, 2 live, 3 final). Nullopt: neither is
// known.
std::optional<std::string_view> read_status(std::optional<std::int64_t> code,
                                            std::string_view text);

// The number of a status, as the scoreboard's table has it.
std::int64_t code_of(std::string_view status);

// What is to be stored of a game of which `teller` now says this, on that day, in view of all that
// is known of it: within one teller the newest word holds; between them final is above cancelled,
// postponed and suspended, these above live, live above scheduled; of two finals the logs' scores
// are right; a later day is above postponed; who has been live for six hours without news is not
// believed. A final game leaves that state by a word that says so (suspended, postponed,
// cancelled), by two answers of one teller, ten minutes apart and within a day of its beginning, or
// by force; what is not believed yet is added to `claims`.
GameStory settle(const std::string& id, Teller teller, const GameStory& said, std::string_view date,
                 const SeasonFacts& facts, std::vector<Claim>& claims);

}  // namespace nbasync
