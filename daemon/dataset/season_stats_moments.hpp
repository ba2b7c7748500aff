#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string_view>

#include "dataset/season_stats_answers.hpp"

// Whether the answers of a season's figures are of one moment.
namespace nbasync::season_stats {

// Teams of which the measures of one split, or the splits, are not of one moment, by split.
using Disagreements = std::map<std::string_view, std::set<std::int64_t>>;
Disagreements disagreements(std::span<const SplitAnswers> splits, const SeasonFacts& facts);

}  // namespace nbasync::season_stats
