#include "dataset/averages_request.hpp"

#include <algorithm>
#include <array>

namespace nbasync {
namespace {

// What only the players' endpoint takes.
constexpr std::array kOfPlayers = {"College",   "Country", "DraftPick",
                                   "DraftYear", "Height",  "Weight"};

}  // namespace

Request team_averages(const AveragesOf& of) {
  return {Host::kStats,
          "leaguedashteamstats",
          {{"Conference", ""},
           {"DateFrom", ""},
           {"DateTo", ""},
           {"Division", ""},
           {"GameScope", ""},
           {"GameSegment", ""},
           {"LastNGames", "0"},
           {"LeagueID", "00"},
           {"Location", std::string(of.location)},
           {"MeasureType", std::string(of.measure)},
           {"Month", "0"},
           {"OpponentTeamID", "0"},
           {"Outcome", ""},
           {"PORound", ""},
           {"PaceAdjust", "N"},
           {"PerMode", "PerGame"},
           {"Period", "0"},
           {"PlayerExperience", ""},
           {"PlayerPosition", ""},
           {"PlusMinus", "N"},
           {"Rank", "N"},
           {"Season", std::string(of.season)},
           {"SeasonSegment", ""},
           {"SeasonType", std::string(names_of(of.type).upstream)},
           {"ShotClockRange", ""},
           {"StarterBench", ""},
           {"TeamID", ""},
           {"TwoWay", ""},
           {"VsConference", ""},
           {"VsDivision", ""}}};
}

Request player_averages(const AveragesOf& of) {
  auto request = team_averages(of);
  request.path = "leaguedashplayerstats";
  for (const auto* name : kOfPlayers) request.query.emplace_back(name, "");
  std::ranges::sort(request.query);
  return request;
}

}  // namespace nbasync
