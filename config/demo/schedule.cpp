#include "demo/schedule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "demo/labels.hpp"
#include "demo/rounds.hpp"

namespace nbasync::demo {
namespace {

using std::chrono::days;

// The days on which games are played: two a round, and one for the last.
std::vector<Day> playing_days() {
  constexpr std::array kOff{
      day(2025, 11, 27), day(2025, 12, 16), day(2025, 12, 24),                    // holidays, Cup
      day(2026, 2, 13),  day(2026, 2, 14),  day(2026, 2, 15),  day(2026, 2, 16),  // All-Star
      day(2026, 2, 17),  day(2026, 2, 18),  day(2026, 4, 6),   day(2026, 4, 11)};
  std::vector<Day> result;
  for (Day date = day(2025, 10, 21); date <= kLastDay; date += days{1}) {
    if (std::find(kOff.begin(), kOff.end(), date) == kOff.end()) result.push_back(date);
  }
  return result;
}

// Evenings at home, afternoons on Sundays too.
Local tip_off(const Team& home, Day date, Random& random) {
  const bool sunday = std::chrono::weekday{date} == std::chrono::Sunday;
  constexpr std::array kEvening{19 * 60, 19 * 60, 19 * 60, 19 * 60 + 30, 19 * 60 + 30, 20 * 60};
  constexpr std::array kSunday{13 * 60, 15 * 60 + 30, 18 * 60, 18 * 60, 19 * 60, 17 * 60};
  const auto pick = static_cast<std::size_t>(random.between(0, 5));
  return date + minutes{(sunday ? kSunday : kEvening)[pick]} - ahead_of_eastern(home.zone, date);
}

void number(std::vector<Game>& games, Random& random) {
  std::vector<int> numbers(games.size());
  std::iota(numbers.begin(), numbers.end(), 1);
  const auto last = static_cast<int>(games.size()) - 1;
  for (int i = 0; i <= last; ++i) {
    if (random.between(1, 100) > 8) continue;
    const int other = std::clamp(i + random.between(-200, 200), 0, last);
    std::swap(numbers[static_cast<std::size_t>(i)], numbers[static_cast<std::size_t>(other)]);
  }
  for (std::size_t i = 0; i < games.size(); ++i) {
    games[i].id = fmt::format("00225{:05}", numbers[i]);
  }
}

}  // namespace

std::string Game::code() const {
  auto text = iso_date(date);
  std::erase(text, '-');
  return text + '/' + kTeams[static_cast<std::size_t>(away)].tricode +
         kTeams[static_cast<std::size_t>(home)].tricode;
}

std::string Game::matchup(int team) const {
  const auto* host = kTeams[static_cast<std::size_t>(home)].tricode;
  const auto* guest = kTeams[static_cast<std::size_t>(away)].tricode;
  return team == home && !neutral ? fmt::format("{} vs. {}", host, guest)
                                  : fmt::format("{} @ {}", guest, host);
}

void set_under_way(std::span<Game> games, Day today) {
  std::sort(games.begin(), games.end(), [](const Game& a, const Game& b) {
    return std::tuple(kTeams[static_cast<std::size_t>(a.home)].zone, a.home) <
           std::tuple(kTeams[static_cast<std::size_t>(b.home)].zone, b.home);
  });
  const auto live = (games.size() + 2) / 3;
  for (std::size_t i = 0; i < games.size(); ++i) {
    const bool is_live = i + live >= games.size();
    games[i].tip_off = today + (is_live ? minutes{15 * 60 + 30} : minutes{13 * 60});
    games[i].stage = is_live ? Stage::kLive : Stage::kFinal;
  }
  if (games.size() > 9) games[3].stage = Stage::kHalted;
}

std::vector<Game> make_schedule(Random& random, Day today) {
  const auto rounds = make_rounds(random);
  const auto dates = playing_days();
  std::vector<Game> games;
  for (std::size_t r = 0; r < rounds.size(); ++r) {
    // How many of the round's games are on the first of its two days.
    const int early = r == 0 ? 2 : r + 1 == rounds.size() ? kConference : random.between(4, 11);
    for (int i = 0; i < kConference; ++i) {
      const auto [home, away] = rounds[r][static_cast<std::size_t>(i)];
      const Day date = dates[2 * r + (i < early ? 0 : 1)];
      const auto& host = kTeams[static_cast<std::size_t>(home)];
      Game game{.id = "",
                .date = date,
                .tip_off = tip_off(host, date, random),
                .home = home,
                .away = away,
                .arena = {host.arena, host.arena_city, host.arena_state},
                .label = "",
                .sub_label = "",
                .subtype = ""};
      games.push_back(std::move(game));
    }
  }
  const auto by_time = [](const Game& a, const Game& b) {
    return std::tuple(a.date, a.tip_off, a.home) < std::tuple(b.date, b.tip_off, b.home);
  };
  std::sort(games.begin(), games.end(), by_time);
  add_labels(games);
  std::sort(games.begin(), games.end(), by_time);
  number(games, random);
  const auto is_past = [today](const Game& game) { return game.date < today; };
  const auto first = std::find_if_not(games.begin(), games.end(), is_past);
  const auto later =
      std::find_if(first, games.end(), [today](const Game& game) { return game.date > today; });
  set_under_way({first, later}, today);
  for (auto game = later; game != games.end(); ++game) game->stage = Stage::kScheduled;
  return games;
}

}  // namespace nbasync::demo
