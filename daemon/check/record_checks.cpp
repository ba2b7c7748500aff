#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/format.hpp"
#include "check/found.hpp"
#include "check/season_checks.hpp"
#include "dataset/game_id.hpp"
#include "dataset/season_stats_splits.hpp"

namespace nbasync::checks {
namespace {

using std::chrono::hours;

// Standings follow a game's end within hours. The answers for season figures are of different
// moments for longer, and rows that do not agree wait for a day (dataset/season_stats_moments).
constexpr hours kStandingsLag{6};
constexpr hours kFiguresLag{24};

// A team's games of one type, by its lines.
struct Tally {
  std::int64_t games = 0;
  std::int64_t wins = 0;
  std::int64_t losses = 0;
  std::int64_t home = 0;  // for certain; the others may be counted so
  std::int64_t away = 0;
};

std::map<std::int64_t, Tally> tallies(const StoredSeason& stored, SeasonType type) {
  std::map<std::int64_t, Tally> by_team;
  for (const auto& [id, lines] : stored.lines) {
    if (season_type_of(id) != type) continue;
    const auto game = stored.games.find(id);
    // At a neutral site upstream counts it as a home game of one, or of neither.
    const bool has_site = game != stored.games.end() && game->second.is_neutral == false;
    for (const auto& line : lines) {
      if (line.win_loss.empty()) continue;
      auto& tally = by_team[line.team];
      ++tally.games;
      ++(line.win_loss == "W" ? tally.wins : tally.losses);
      if (has_site && line.is_home) ++(*line.is_home ? tally.home : tally.away);
    }
  }
  return by_team;
}

std::string record(std::optional<std::int64_t> wins, std::optional<std::int64_t> losses) {
  return format("{}-{}", wins.value_or(0), losses.value_or(0));
}

// Whether the games of a split can be as many, by the lines.
bool may_be(const Tally& tally, std::string_view location, std::int64_t games) {
  if (location.empty()) return games == tally.games;
  const auto certain = location == "Home" ? tally.home : tally.away;
  return games >= certain && games <= certain + tally.games - tally.home - tally.away;
}

}  // namespace

CheckAnswer standings(const StoredSeason& stored) {
  if (stored.standings.empty()) return unchecked("no standings are stored");
  Found found("teams whose record is another one by the lines");
  const auto by_lines = tallies(stored, SeasonType::kRegular);
  for (const auto& [team, told] : stored.standings) {
    if (!told.wins || !told.losses || has_just_played(stored, team, kStandingsLag)) continue;
    const auto lines = by_lines.find(team);
    const Tally none;
    const auto& tally = lines == by_lines.end() ? none : lines->second;
    if (told.wins == tally.wins && told.losses == tally.losses) continue;
    found.add(format("{} ({} in the standings, {} by its lines)", name_of(stored, team),
                     record(told.wins, told.losses), record(tally.wins, tally.losses)));
  }
  return found.answer(
      format("the records of {} teams agree with their lines", stored.standings.size()),
      format("{}; {}", sync_again(stored, "teams"), sync_again(stored, "game_logs")));
}

CheckAnswer season_figures(const StoredSeason& stored) {
  if (stored.season_stats.empty()) return unchecked("no season figures are stored");
  Found found("season figures of another number of games than there are lines");
  std::size_t compared = 0;
  for (const auto& split : season_stats::kSplits) {
    if (std::ranges::find(stored.types, split.type) == stored.types.end()) continue;
    const auto by_lines = tallies(stored, split.type);
    std::set<std::int64_t> teams;
    for (const auto& [team, tally] : by_lines) {
      if (split.location.empty()) teams.insert(team);
    }
    for (const auto& [key, told] : stored.season_stats) {
      if (key.second == split.name) teams.insert(key.first);
    }
    for (const auto team : teams) {
      if (has_just_played(stored, team, kFiguresLag)) continue;
      ++compared;
      const auto lines = by_lines.find(team);
      const auto told = stored.season_stats.find({team, std::string(split.name)});
      const Tally tally = lines == by_lines.end() ? Tally() : lines->second;
      const auto games = told == stored.season_stats.end() ? 0 : told->second.games.value_or(0);
      if (may_be(tally, split.location, games)) continue;
      found.add(format("{} {} ({} games, {} lines)", name_of(stored, team), split.name, games,
                       tally.games));
    }
  }
  return found.answer(format("{} rows of season figures agree with the lines", compared),
                      sync_again(stored, "season_stats"));
}

}  // namespace nbasync::checks
