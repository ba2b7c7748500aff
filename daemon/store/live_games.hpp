#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "db/connection.hpp"

namespace nbasync {

// A game as `games` has it; one that is not there, as the scoreboard shows it.
struct LiveGame {
  enum class State { kScheduled, kLive, kOver };  // kOver: final, or it does not take place

  std::string name;  // "LAL @ BOS"
  SystemTime tip_off;
  State state = State::kScheduled;

  friend bool operator==(const LiveGame&, const LiveGame&) = default;
};

// The games that tip off between `from` and `to`, by time. Blocking; the thread of the connection.
// Throws Error(kStorage…), kCancelled.
std::vector<LiveGame> games_between(Connection& connection, SystemTime from, SystemTime to,
                                    const std::stop_token& stop);

}  // namespace nbasync
