#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "db/read_pool.hpp"
#include "store/live_games.hpp"

namespace nbasync {

// The games around now, by the local schedule and scoreboard: they say when live schedules have
// something to do. Loop thread.
class GamesReader {
 public:
  // `read`: called on the loop thread when they have been read. All must outlive it.
  GamesReader(ReadPool& readers, const Clock& clock, std::function<void()> read);

  // As they were read last.
  std::span<const LiveGame> games() const { return games_; }

  // Reads them again; once more afterwards if that is under way.
  void read();

 private:
  void answered(Result<std::vector<LiveGame>> games);

  ReadPool& readers_;
  const Clock& clock_;
  std::function<void()> read_;
  std::vector<LiveGame> games_;
  bool reading_ = false;
  bool again_ = false;
};

}  // namespace nbasync
