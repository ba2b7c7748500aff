#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "dataset/dataset.hpp"

namespace nbasync {

// Rows of averages, keyed by team or player, season and split, some of which are torn: made of
// answers that are not of one moment.
struct Moments {
  std::string_view split;
  std::string_view unit;                               // "teams"
  std::function<bool(const Value* row)> is_torn;       //
  std::function<std::int64_t(const Value* row)> team;  // whose games the row is of
};

// Takes the torn rows that are stored out of the change, and spares what is stored, while a game of
// the team ended a short time ago. The others are taken. `note` says both.
void keep_of_one_moment(const Moments& moments, const SeasonFacts& facts, TableChange& change,
                        std::string& note);

// Whether to ask for torn answers once more: a game of the team, or of any, ended less than two
// hours ago. Else the same copy would come, which upstream keeps for half an hour.
bool is_worth_asking_again(std::int64_t team, const SeasonFacts& facts);
bool is_worth_asking_again(const SeasonFacts& facts);

}  // namespace nbasync
