#pragma once

#include <span>
#include <string>
#include <vector>

#include "dataset/dataset.hpp"
#include "dataset/result_set.hpp"

// What is asked for the lines of games, and how the answers belong together.
namespace nbasync::game_logs {

// One answer a measure.
struct Measure {
  std::string_view name;  // empty: all that there is, in one answer
  std::span<const ResultColumn> fields;
};

inline constexpr std::string_view kTableName = "team_game_logs";  // of the table

std::vector<Request> requests(const SeasonFacts& facts);

// All lines of a type in one answer: `of` teams ("T"), or of players ("P").
Request league_game_log(const std::string& season, SeasonType type, std::string_view of);

// The answers of one type, in the order of its measures.
struct Group {
  SeasonType type;
  std::span<const Fetched> answers;
  std::span<const Measure> measures;
  std::string_view result_set;
};
std::vector<Group> groups(std::span<const Fetched> answers);

}  // namespace nbasync::game_logs
