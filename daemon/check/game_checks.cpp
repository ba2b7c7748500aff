#include <chrono>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "base/format.hpp"
#include "check/found.hpp"
#include "check/season_checks.hpp"

namespace nbasync::checks {
namespace {

constexpr std::chrono::hours kLongOver{24};

std::string rows_of(const std::string& id) {
  return format("SELECT * FROM team_game_logs WHERE game_id = '{}'", id);
}

}  // namespace

CheckAnswer duplicates(const StoredSeason& stored) {
  Found found("stored more than once");
  std::string first;
  for (const auto& [id, lines] : stored.lines) {
    std::set<std::int64_t> teams;
    for (const auto& line : lines) teams.insert(line.team);
    if (lines.size() <= 2 && teams.size() == lines.size()) continue;
    if (first.empty()) first = id;
    found.add(format("{} ({} lines of {} teams)", id, lines.size(), teams.size()));
  }
  // No two teams meet twice on a day.
  using Meeting = std::tuple<std::string, std::int64_t, std::int64_t>;
  std::map<Meeting, std::string> meetings;
  for (const auto& [id, game] : stored.games) {
    if (game.status != "final" || !game.home_team || !game.away_team) continue;
    const auto [known, is_new] =
        meetings.try_emplace({game.date, *game.home_team, *game.away_team}, id);
    if (is_new) continue;
    if (first.empty()) first = id;
    found.add(format("{} and {}, the same teams on {}", known->second, id, game.date));
  }
  return found.answer(
      "nothing is stored twice",
      first.empty() ? std::string() : format("look at the rows: {}", rows_of(first)));
}

CheckAnswer lines_without_game(const StoredSeason& stored) {
  Found found("games with lines and no row in games");
  for (const auto& [id, lines] : stored.lines) {
    if (!lines.front().has_game) found.add(id);
  }
  return found.answer(format("the lines of {} games have their game", stored.lines.size()),
                      sync_again(stored, "game_logs"));
}

CheckAnswer unfinished_games(const StoredSeason& stored) {
  Found found("games of past days that have not ended");
  for (const auto& [id, game] : stored.games) {
    if (!is_synced(stored, id)) continue;
    const bool open = game.status == "scheduled" || game.status == "live";
    // A game of a series that is not needed has no time or no teams.
    if (!open || !game.home_team || !game.away_team) continue;
    if (began(game) <= stored.now - kLongOver) {
      found.add(format("{} of {} ({})", id, game.date, game.status));
    }
  }
  return found.answer("no game of a past day is open", sync_again(stored, "schedule"));
}

}  // namespace nbasync::checks
