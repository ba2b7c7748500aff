#pragma once

#include <string>
#include <vector>

#include "dataset/game_logs_columns.hpp"
#include "dataset/game_logs_requests.hpp"
#include "dataset/game_pairs.hpp"
#include "dataset/join.hpp"

// The lines of one type, of its answers: joined, with the other team's figures beside a team's own.
namespace nbasync::game_logs {

struct Lines : Joined {
  std::vector<GamePair> pairs;
};

// Throws Error(kUpstreamMalformed), and kUpstreamEmpty or kUpstreamShort if one answer lacks what
// another has.
Lines read_lines(JsonDecoder& json, const Group& group, const SeasonFacts& facts);

// The game of a pair of lines.
const std::string& game_of(const Rows& rows, const GamePair& pair);

}  // namespace nbasync::game_logs
