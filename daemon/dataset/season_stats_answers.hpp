#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "dataset/dataset.hpp"
#include "dataset/result_set.hpp"
#include "dataset/season_stats_columns.hpp"
#include "dataset/season_stats_splits.hpp"

// What is asked for the teams' figures of a season, and how the answers belong together.
namespace nbasync::season_stats {

inline constexpr std::string_view kTableName = "team_season_stats";

// Before it upstream has none of these figures.
inline constexpr int kFirstYear = 1996;

struct Measure {
  std::string_view name;
  std::span<const ResultColumn> fields;
};
inline constexpr Measure kMeasures[] = {
    {"Base", kBase}, {"Advanced", kAdvanced}, {"Opponent", kOpponent}};

// Of these splits' types that have begun.
std::vector<Request> requests(const SeasonFacts& facts);

// The answers of one split, one a measure. An answer that was asked for again takes the place of
// the first one.
struct SplitAnswers {
  const Split* split;
  std::vector<const Fetched*> answers;
  std::vector<Grid> grids = {};
};

// Reads the answers, split by split. Throws Error(kUpstreamMalformed), and kUpstreamEmpty or
// kUpstreamShort if one lacks what others have.
std::vector<SplitAnswers> read(JsonDecoder& json, std::span<const Fetched> answers,
                               const SeasonFacts& facts);

// Games played by team, of a grid.
std::map<std::int64_t, Value> games_of(const Grid& grid);

}  // namespace nbasync::season_stats
