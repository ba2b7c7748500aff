#include "demo/team_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace nbasync::demo {
namespace {

std::string padded(int wins, int losses) {
  return fmt::format("{:<5}", fmt::format("{}-{}", wins, losses));
}

}  // namespace

int Seen::lead_after(std::size_t periods) const {
  int lead = 0;
  for (std::size_t i = 0; i < periods; ++i) {
    lead += played->result.periods[side][i] - played->result.periods[1 - side][i];
  }
  return lead;
}

int TeamRecord::wins(const Which& which) const {
  return static_cast<int>(std::count_if(
      games.begin(), games.end(), [&](const Seen& game) { return game.won() && which(game); }));
}

int TeamRecord::losses(const Which& which) const {
  return static_cast<int>(std::count_if(
      games.begin(), games.end(), [&](const Seen& game) { return !game.won() && which(game); }));
}

std::string TeamRecord::text(const Which& which) const {
  return padded(wins(which), losses(which));
}

std::string TeamRecord::text_of_last(int count, const Which& which) const {
  int won = 0;
  int lost = 0;
  for (auto game = games.rbegin(); game != games.rend() && won + lost < count; ++game) {
    if (which(*game)) ++(game->won() ? won : lost);
  }
  return padded(won, lost);
}

int TeamRecord::current_streak(const Which& which) const {
  int streak = 0;
  for (auto game = games.rbegin(); game != games.rend(); ++game) {
    if (!which(*game)) continue;
    if (streak != 0 && (streak > 0) != game->won()) break;
    streak += game->won() ? 1 : -1;
  }
  return streak;
}

int TeamRecord::longest_streak(bool of_wins, const Which& which) const {
  int longest = 0;
  int streak = 0;
  for (const auto& game : games) {
    if (!which(game)) continue;
    streak = game.won() == of_wins ? streak + 1 : 0;
    longest = std::max(longest, streak);
  }
  return longest;
}

int TeamRecord::points() const {
  return std::accumulate(games.begin(), games.end(), 0,
                         [](int sum, const Seen& game) { return sum + game.own().points(); });
}

int TeamRecord::opponent_points() const {
  return std::accumulate(games.begin(), games.end(), 0,
                         [](int sum, const Seen& game) { return sum + game.opponent().points(); });
}

double TeamRecord::share() const {
  const auto any = [](const Seen&) { return true; };
  return games.empty() ? 0 : wins(any) / static_cast<double>(games.size());
}

std::vector<TeamRecord> team_records(const Season& season) {
  std::vector<TeamRecord> records(kTeams.size());
  for (std::size_t i = 0; i < records.size(); ++i) records[i].team = static_cast<int>(i);
  for (const auto& played : season) {
    if (!played.over() || played.game.type() != '2') continue;
    for (const std::size_t side : {0U, 1U}) {
      records[static_cast<std::size_t>(played.team(side))].games.push_back({&played, side});
    }
  }
  return records;
}

}  // namespace nbasync::demo
