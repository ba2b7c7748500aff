#pragma once

#include <functional>
#include <string>
#include <vector>

#include "demo/season.hpp"

namespace nbasync::demo {

// A finished game, seen by one of its teams.
struct Seen {
  const Played* played;
  std::size_t side;

  const Box& own() const { return played->result.box[side]; }
  const Box& opponent() const { return played->result.box[1 - side]; }
  int opponent_team() const { return played->team(1 - side); }
  bool won() const { return played->won(side); }
  bool home() const { return side == 0; }
  int margin() const { return own().points() - opponent().points(); }
  int lead_after(std::size_t periods) const;
};

using Which = std::function<bool(const Seen&)>;

// The finished games of a team, by date.
struct TeamRecord {
  int team = 0;
  std::vector<Seen> games;

  int wins(const Which& which) const;
  int losses(const Which& which) const;
  std::string text(const Which& which) const;  // "10-5 ", padded as upstream does
  std::string text_of_last(int count, const Which& which) const;
  int current_streak(const Which& which) const;  // negative: of losses
  int longest_streak(bool of_wins, const Which& which) const;
  int points() const;
  int opponent_points() const;
  double share() const;  // of games won
};

// By team.
std::vector<TeamRecord> team_records(const Season& season);

}  // namespace nbasync::demo
