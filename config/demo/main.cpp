// nbasync-demo-season DIR: writes a made-up season 2025-26 as the files that offline replay answers
// from. The same bytes on every run.

#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>

#include "demo/files.hpp"
#include "demo/result_set.hpp"

namespace {

using namespace nbasync::demo;

void write_season(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const auto season = make_season();
  const std::string year = kSeason;
  save(folder / "commonteamyears.json", team_years());
  save(folder / ("leaguestandingsv3_" + year + ".json"), standings(season));
  save(folder / "scheduleLeagueV2.json", league_schedule(season));
  save(folder / "todaysScoreboard_00.json", scoreboard(season));
  for (const auto measure : {Measure::kBase, Measure::kAdvanced, Measure::kMisc}) {
    save(folder / ("teamgamelogs_" + year + '_' + to_string(measure) + ".json"),
         game_logs(season, measure));
  }
  for (const auto measure : {Measure::kBase, Measure::kAdvanced, Measure::kOpponent}) {
    for (const auto location : {Location::kAll, Location::kHome, Location::kRoad}) {
      const std::string where = to_string(location);
      save(folder / ("leaguedashteamstats_" + year + '_' + to_string(measure) +
                     (where.empty() ? "" : '_' + where) + ".json"),
           team_stats(season, measure, location));
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: nbasync-demo-season DIR\n");
    return 2;
  }
  try {
    write_season(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "nbasync-demo-season: %s\n", error.what());
    return 1;
  }
  return 0;
}
