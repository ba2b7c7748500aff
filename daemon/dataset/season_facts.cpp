#include "dataset/season_facts.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "dataset/date.hpp"
#include "dataset/game_id.hpp"
#include "model/season.hpp"

namespace nbasync {
namespace {

using std::chrono::hours;

// Midnight in New York is 4 or 5 o'clock UTC.
constexpr hours kEndOfDay{24 + 5};
constexpr hours kSettled{24};
constexpr hours kClosed{3 * 24};
constexpr hours kAskedAgain{7 * 24};

template <typename Visit>
void each_game(const SeasonFacts& facts, SeasonType type, Visit visit) {
  for (const auto& [id, game] : facts.games) {
    if (season_type_of(id) == type) visit(id, game);
  }
}

bool has_begun(const SeasonFacts& facts, SeasonType type) {
  bool begun = false;
  each_game(facts, type, [&](const std::string&, const StoredGame& game) {
    begun = begun || game.status == "live" || game.status == "final";
  });
  return begun;
}

// A play-in is played since 2020, a Cup since 2023.
bool was_played(SeasonType type, int year) {
  if (type == SeasonType::kPlayIn) return year >= 2019;
  return type != SeasonType::kCup || year >= 2023;
}

}  // namespace

int start_year(const SeasonFacts& facts) { return season_start_year(facts.season).value_or(1946); }

SystemTime began(const StoredGame& game) {
  if (const auto time = tip_off(game.time_utc)) return *time;
  const auto date = parse_date(game.date);
  return date ? SystemTime(*date) + kEndOfDay : SystemTime::max();
}

bool is_settled(const StoredGame& game, SystemTime now) {
  return game.status == "final" && now >= SystemTime::min() + kSettled &&
         began(game) <= now - kSettled;
}

std::size_t settled_games(const SeasonFacts& facts, SeasonType type) {
  std::size_t count = 0;
  each_game(facts, type, [&](const std::string&, const StoredGame& game) {
    if (is_settled(game, facts.now)) ++count;
  });
  return count;
}

bool is_closed(const SeasonFacts& facts, SeasonType type, const LineCounts& lines,
               std::int64_t lines_a_game) {
  if (!is_of_a_few_days(type)) return false;
  bool any = false;
  bool closed = true;
  each_game(facts, type, [&](const std::string& id, const StoredGame& game) {
    any = true;
    const auto of_game = lines.find(id);
    closed = closed && game.status == "final" && began(game) <= facts.now - kClosed &&
             of_game != lines.end() && of_game->second >= lines_a_game;
  });
  return any && closed;
}

std::string scope_name(std::string_view table, const SeasonFacts& facts, SeasonType type) {
  return format("{} {} {}", table, facts.season, to_string(type));
}

std::vector<SeasonType> types_to_ask(const SeasonFacts& facts, std::vector<SeasonType> among,
                                     std::string_view table, std::int64_t lines_a_game) {
  std::erase_if(among, [&](SeasonType type) {
    if (std::ranges::find(facts.types, type) == facts.types.end()) return true;
    if (facts.games.empty()) return !was_played(type, start_year(facts));
    if (!has_begun(facts, type)) return true;
    if (!is_closed(facts, type, facts.lines, lines_a_game)) return false;
    const auto known = facts.remembered.find(scope_name(table, facts, type));
    return known != facts.remembered.end() && known->second.checked_at &&
           *known->second.checked_at <= facts.now &&
           facts.now - *known->second.checked_at < kAskedAgain;
  });
  return among;
}

}  // namespace nbasync
