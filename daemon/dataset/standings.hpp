#pragma once

#include "dataset/dataset.hpp"
#include "dataset/result_set.hpp"

// The standings of a season, which the teams are read from, and the memory of what a team was
// called in it.
namespace nbasync::standings {

enum { kTeamId, kCity, kName };  // of kFields

extern const std::span<const ResultColumn> kFields;

// All rows of the answer.
TableChange change_of(const Grid& answer, const SeasonFacts& facts);

// Abbreviations of today, of commonteamyears: team, first year, abbreviation.
void add_abbreviations(Rows& standings, const Grid& years);

}  // namespace nbasync::standings
