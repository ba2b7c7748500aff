#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "check/found.hpp"
#include "check/season_checks.hpp"

namespace nbasync::checks {
namespace {

constexpr std::size_t kLinesOfGame = 2;

using Lines = std::vector<StoredLine>;

const Lines& lines_of(const StoredSeason& stored, const std::string& id) {
  static const Lines kNone;
  const auto found = stored.lines.find(id);
  return found == stored.lines.end() ? kNone : found->second;
}

// Calls visit(id, game, lines) for each game that upstream has had the time to tell all of.
template <typename Visit>
void each_final(const StoredSeason& stored, Visit visit) {
  for (const auto& [id, game] : stored.games) {
    if (is_synced(stored, id) && is_settled(game, stored.now)) {
      visit(id, game, lines_of(stored, id));
    }
  }
}

std::string score(const std::optional<std::int64_t>& points) {
  return points ? format("{}", *points) : "none";
}

// What stands against the score of this team, if anything does.
std::optional<std::string> contradiction(const StoredSeason& stored, const StoredGame& game,
                                         const Lines& lines) {
  if (!game.home_score || !game.away_score) return "no score";
  for (const auto& line : lines) {
    const bool home = line.team == game.home_team;
    if (!home && line.team != game.away_team) return format("{} has not played in it", line.team);
    const auto& told = home ? game.home_score : game.away_score;
    if (line.points == told) continue;
    return format("{} {}, its line {}", name_of(stored, line.team), score(told),
                  score(line.points));
  }
  return std::nullopt;
}

bool is_pair(const StoredLine& one, const StoredLine& other) {
  const bool names = !one.opponent || *one.opponent == other.team;
  const bool points = one.opponent_points == other.points;
  const bool results = one.win_loss.empty() || one.win_loss != other.win_loss;
  const bool winner =
      one.win_loss != "W" || !one.points || !other.points || *one.points > *other.points;
  return names && points && results && winner;
}

}  // namespace

CheckAnswer final_lines(const StoredSeason& stored) {
  Found found("finals without their two lines");
  std::map<std::string, bool> days;  // whether there is any line
  std::size_t finals = 0;
  each_final(stored, [&](const std::string& id, const StoredGame& game, const Lines& lines) {
    ++finals;
    days[game.date] = days[game.date] || !lines.empty();
    if (lines.size() < kLinesOfGame)
      found.add(format("{} of {} ({})", id, game.date, lines.size()));
  });
  auto answer =
      found.answer(format("{} finals have their lines", finals), sync_again(stored, "game_logs"));
  Found gaps("days without any line");
  for (const auto& [day, any] : days) {
    if (!any) gaps.add(day);
  }
  if (gaps.count() > 0) answer.text += "; " + gaps.answer({}, {}).text;
  return answer;
}

CheckAnswer final_scores(const StoredSeason& stored) {
  Found found("finals whose lines do not add up to the score");
  std::size_t finals = 0;
  each_final(stored, [&](const std::string& id, const StoredGame& game, const Lines& lines) {
    if (lines.size() != kLinesOfGame) return;  // the others' checks
    ++finals;
    // Of a game at a neutral site a predecessor may not know who was at home.
    if (!game.home_team || !game.away_team) return;
    if (const auto what = contradiction(stored, game, lines)) {
      found.add(format("{} ({})", id, *what));
    }
  });
  return found.answer(
      format("the lines of {} finals add up to the score", finals),
      format("{}; {}", sync_again(stored, "schedule"), sync_again(stored, "game_logs")));
}

CheckAnswer line_pairs(const StoredSeason& stored) {
  Found found("games whose two lines contradict each other");
  std::size_t finals = 0;
  each_final(stored, [&](const std::string& id, const StoredGame&, const Lines& lines) {
    if (lines.size() != kLinesOfGame) return;
    ++finals;
    if (!is_pair(lines[0], lines[1]) || !is_pair(lines[1], lines[0])) found.add(id);
  });
  return found.answer(format("the two lines of {} finals agree", finals),
                      sync_again(stored, "game_logs"));
}

CheckAnswer player_points(const StoredSeason& stored) {
  if (stored.player_points.empty()) return unchecked("no lines of players are stored");
  Found found("teams whose players' points are not theirs");
  std::size_t teams = 0;
  each_final(stored, [&](const std::string& id, const StoredGame&, const Lines& lines) {
    for (const auto& line : lines) {
      if (!line.points) continue;
      ++teams;
      const auto players = stored.player_points.find({id, line.team});
      if (players == stored.player_points.end()) {
        found.add(format("{} of {} (no players)", name_of(stored, line.team), id));
      } else if (players->second != *line.points) {
        found.add(format("{} of {} ({}, its players {})", name_of(stored, line.team), id,
                         *line.points, players->second));
      }
    }
  });
  return found.answer(format("the players' points of {} lines add up", teams),
                      sync_again(stored, "player_game_logs"));
}

}  // namespace nbasync::checks
