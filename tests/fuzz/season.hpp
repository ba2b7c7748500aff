#pragma once

#include <string>

#include "dataset/season_facts.hpp"

namespace nbasync::fuzz {

// The demo season, in which a game of each part has been played: what is asked of upstream for it.
inline SeasonFacts season() {
  SeasonFacts facts;
  facts.season = "2025-26";
  facts.now = *parse_utc("2026-05-01T12:00:00Z");
  for (const auto& names : kSeasonTypes) {
    if (names.type == SeasonType::kPreSeason) continue;
    facts.types.push_back(names.type);
    StoredGame game;
    game.date = "2026-04-01";
    game.status = "final";
    game.home_team = 1610612737;
    game.away_team = 1610612738;
    facts.games[std::string("00") + names.digit + "2500001"] = game;
  }
  return facts;
}

}  // namespace nbasync::fuzz
