#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "demo/calendar.hpp"

namespace nbasync::demo {

// A made-up player.
struct Player {
  std::int64_t id;
  std::string first;
  std::string last;
  int team;             // where he begins the season, an index into kTeams
  int traded_to = -1;   // from kTradeDay on
  bool waived = false;  // on kWaiverDay
  int number;           // in the team, and how much he plays: 0 is its best
  std::string jersey;
  int height;  // inches
  int weight;  // pounds
  const char* position;
  const char* college;
  const char* country;
  int first_year;  // in the league
  int pick;        // in the draft of that year; 0: none
  int age;

  std::string name() const { return first + ' ' + last; }
  std::string slug() const;
};

inline constexpr Day kTradeDay = day(2026, 2, 6);
inline constexpr Day kWaiverDay = day(2025, 12, 20);

// All of the season, by team and number.
const std::vector<Player>& players();

// Where he plays on a day; -1: nowhere.
int team_of(const Player& player, Day date);

// The places in players() of those who are with a team on a day, the best first.
std::vector<std::size_t> roster(int team, Day date);

}  // namespace nbasync::demo
