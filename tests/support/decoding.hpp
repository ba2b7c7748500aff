#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dataset/catalog.hpp"
#include "dataset/json_decoder.hpp"

namespace nbasync::testing {

// A season of which nothing is known, in the middle of it, and its regular part alone.
inline SeasonFacts new_season(const std::string& season = "2025-26") {
  SeasonFacts facts;
  facts.season = season;
  facts.now = *parse_utc("2026-01-15T12:00:00Z");
  facts.types = {SeasonType::kRegular};
  return facts;
}

// A stored game of today's season.
inline StoredGame stored_game(const std::string& status, std::int64_t home, std::int64_t away,
                              const std::string& date = "2025-11-01") {
  StoredGame game;
  game.date = date;
  game.time_utc = date + "T23:30:00Z";
  game.home_team = home;
  game.away_team = away;
  game.status = status;
  return game;
}

// The bodies as the answers to what the dataset asks first.
inline std::vector<Fetched> answers_to(const Dataset& dataset, const SeasonFacts& facts,
                                       const std::vector<std::string>& bodies) {
  const auto requests = dataset.requests(facts);
  std::vector<Fetched> answers;
  for (std::size_t i = 0; i < bodies.size(); ++i) answers.push_back({requests.at(i), bodies[i]});
  return answers;
}

inline Decoded decode_bodies(const Dataset& dataset, const std::vector<std::string>& bodies,
                             const SeasonFacts& facts = new_season()) {
  JsonDecoder json;
  return dataset.decode(json, answers_to(dataset, facts, bodies), facts);
}

// All that is said of a table; the columns are those of the first change of it that has rows.
inline Rows rows_for(const Decoded& decoded, std::string_view table) {
  Rows rows;
  for (const auto& change : decoded.changes) {
    if (change.table->name != table || (!rows.cells.empty() && change.rows.cells.empty())) continue;
    if (rows.cells.empty()) rows.columns = change.rows.columns;
    rows.cells.insert(rows.cells.end(), change.rows.cells.begin(), change.rows.cells.end());
  }
  return rows;
}

}  // namespace nbasync::testing
