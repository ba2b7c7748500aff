// nbasync-demo-season DIR [TODAY]: writes a made-up season 2025-26, as it stands on that day, as
// the files that offline replay answers from. The same bytes on every run.

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "demo/files.hpp"
#include "demo/result_set.hpp"

namespace {

using namespace nbasync::demo;

// On this day the stats host refuses: what it sends is no data.
constexpr Day kBlockedDay = day(2026, 5, 1);
constexpr const char* kRefusal =
    "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY>You don't have permission to access this "
    "server.</BODY></HTML>\n";

void block_stats_host(const std::filesystem::path& folder) {
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const auto name = file.path().filename();
    if (name == "scheduleLeagueV2.json" || name == "todaysScoreboard_00.json") continue;
    std::ofstream(file.path(), std::ios::trunc) << kRefusal;
  }
}

void write_season(const std::filesystem::path& folder, Day today) {
  std::filesystem::create_directories(folder);
  const auto season = make_season(today);
  const std::string year = kSeason;
  save(folder / "commonteamyears.json", team_years());
  save(folder / ("leaguestandingsv3_" + year + ".json"), standings(season));
  save(folder / "scheduleLeagueV2.json", league_schedule(season));
  save(folder / "todaysScoreboard_00.json", scoreboard(season));
  save(folder / ("playerindex_" + year + ".json"), player_index(season));
  for (const auto& type : kSeasonTypes) {
    const std::string part = type.digit == '2' ? year : year + '_' + type.name;
    for (const auto measure : {Measure::kBase, Measure::kAdvanced, Measure::kMisc}) {
      save(folder / ("teamgamelogs_" + part + '_' + to_string(measure) + ".json"),
           game_logs(season, type, measure));
    }
    save(folder / ("leaguegamelog_" + year + "_P" + part.substr(year.size()) + ".json"),
         player_logs(season, type));
    if (type.digit != '2' && type.digit != '4') continue;  // nobody asks for averages of a few days
    for (const auto measure : {Measure::kBase, Measure::kAdvanced}) {
      save(folder / ("leaguedashplayerstats_" + part + '_' + to_string(measure) + ".json"),
           player_stats(season, type, measure));
    }
    for (const auto measure : {Measure::kBase, Measure::kAdvanced, Measure::kOpponent}) {
      for (const auto location : {Location::kAll, Location::kHome, Location::kRoad}) {
        const std::string where = to_string(location);
        save(folder / ("leaguedashteamstats_" + part + '_' + to_string(measure) +
                       (where.empty() ? "" : '_' + where) + ".json"),
             team_stats(season, type, measure, location));
      }
    }
  }
  if (today == kBlockedDay) block_stats_host(folder);
}

// Of "2026-04-12".
Day day_of(const std::string& text) {
  int year = 0;
  unsigned month = 0;
  unsigned of_month = 0;
  if (std::sscanf(text.c_str(), "%d-%u-%u", &year, &month, &of_month) != 3) {
    throw std::invalid_argument("'" + text + "' is no day; write it as 2026-04-12");
  }
  const Day date = day(year, month, of_month);
  if (date < day(2025, 10, 22) || date > day(2026, 6, 30)) {
    throw std::invalid_argument(text + " is not in the season, 2025-10-22 to 2026-06-30");
  }
  return date;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 && argc != 3) {
    std::fprintf(stderr, "usage: nbasync-demo-season DIR [TODAY]\n");
    return 2;
  }
  try {
    write_season(argv[1], argc == 3 ? day_of(argv[2]) : kLastDay);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "nbasync-demo-season: %s\n", error.what());
    return 1;
  }
  return 0;
}
