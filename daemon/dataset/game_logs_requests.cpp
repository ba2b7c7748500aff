#include "dataset/game_logs_requests.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "dataset/game_logs_columns.hpp"

namespace nbasync::game_logs {
namespace {

// Before it the measures have no rows, and another endpoint has those of Base.
constexpr int kFirstMeasured = 1996;
constexpr std::string_view kOldEndpoint = "leaguegamelog";

constexpr Measure kMeasures[] = {{"Base", kBase}, {"Advanced", kAdvanced}, {"Misc", kMisc}};
constexpr Measure kWhole[] = {{"", kBase}};

Request measured(const std::string& season, std::string_view type, std::string_view measure) {
  return {Host::kStats,
          "teamgamelogs",
          {{"DateFrom", ""},
           {"DateTo", ""},
           {"GameSegment", ""},
           {"LastNGames", ""},
           {"LeagueID", "00"},
           {"Location", ""},
           {"MeasureType", std::string(measure)},
           {"Month", ""},
           {"Outcome", ""},
           {"PORound", ""},
           {"PerMode", "Totals"},
           {"Period", ""},
           {"PlayerID", ""},
           {"Season", season},
           {"SeasonSegment", ""},
           {"SeasonType", std::string(type)},
           {"ShotClockRange", ""},
           {"TeamID", ""},
           {"VsConference", ""},
           {"VsDivision", ""}}};
}

}  // namespace

Request league_game_log(const std::string& season, SeasonType type, std::string_view of) {
  return {Host::kStats,
          std::string(kOldEndpoint),
          {{"Counter", "0"},
           {"DateFrom", ""},
           {"DateTo", ""},
           {"Direction", "ASC"},
           {"LeagueID", "00"},
           {"PlayerOrTeam", std::string(of)},
           {"Season", season},
           {"SeasonType", std::string(names_of(type).upstream)},
           {"Sorter", "DATE"}}};
}

std::vector<Request> requests(const SeasonFacts& facts) {
  std::vector<Request> all;
  for (const auto type : types_to_ask(facts, all_season_types(), kTableName)) {
    const auto first = all.size();
    if (start_year(facts) < kFirstMeasured) {
      all.push_back(league_game_log(facts.season, type, "T"));
    } else {
      for (const auto& measure : kMeasures) {
        all.push_back(measured(facts.season, names_of(type).upstream, measure.name));
      }
    }
    // No answer of these types was ever seen: upstream may not have them.
    for (auto i = first; i < all.size(); ++i) all[i].may_fail = is_of_a_few_days(type);
  }
  return all;
}

std::vector<Group> groups(std::span<const Fetched> answers) {
  std::vector<Group> result;
  for (std::size_t first = 0; first < answers.size();) {
    const auto& request = answers[first].request;
    const bool is_whole = request.endpoint() == kOldEndpoint;
    const std::span<const Measure> measures =
        is_whole ? std::span<const Measure>(kWhole) : std::span<const Measure>(kMeasures);
    result.push_back({season_type_named(request.parameter("SeasonType")),
                      answers.subspan(first, measures.size()), measures,
                      is_whole ? "LeagueGameLog" : "TeamGameLogs"});
    first += measures.size();
  }
  return result;
}

}  // namespace nbasync::game_logs
