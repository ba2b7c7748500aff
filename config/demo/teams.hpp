#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace nbasync::demo {

enum class Zone { kEastern, kCentral, kMountain, kArizona, kPacific };

struct Team {
  std::int64_t id;
  const char* tricode;
  const char* city;
  const char* name;
  const char* slug;
  const char* division;
  int founded;
  Zone zone;
  const char* arena;
  const char* arena_city;
  const char* arena_state;

  std::string full_name() const { return std::string(city) + ' ' + name; }
};

inline constexpr int kConference = 15;  // teams in one
inline constexpr std::size_t kTeamCount = std::size_t{2} * kConference;

// The East, then the West; within a conference the divisions take turns: those of teams i and i + 3
// are the same.
extern const std::array<Team, kTeamCount> kTeams;

inline const char* conference(int team) { return team < kConference ? "East" : "West"; }

// A club of the early years, without abbreviation upstream.
struct DefunctTeam {
  std::int64_t id;
  int first;
  int last;
};
std::span<const DefunctTeam> defunct_teams();

}  // namespace nbasync::demo
