#include "demo/players.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "demo/random.hpp"
#include "demo/teams.hpp"

namespace nbasync::demo {
namespace {

constexpr int kRoster = 14;       // with a team all season
constexpr std::size_t kEach = 5;  // in every so many teams one is traded, another one waived

constexpr std::array kFirst{"Aaron",    "Bruno",  "Caleb",  "Dario",   "Elias", "Felix",   "Goran",
                            "Hugo",     "Isaiah", "Jonas",  "Kofi",    "Luka",  "Malik",   "Nico",
                            "Omar",     "Pavel",  "Quincy", "Rafael",  "Sasha", "Terrell", "Udo",
                            "Vasilije", "Wesley", "Xavier", "Yannick", "Zoran", "D'Marco", "A.J."};
constexpr std::array kLast{"Abbott", "Banić",    "Carver",    "Dvořák",    "Ellison",   "Fofana",
                           "Garner", "Holloway", "Ivanov",    "Jovanović", "Keita",     "Lindqvist",
                           "Moreau", "Norwood",  "O'Dell",    "Petrov",    "Quarles",   "Ramsey",
                           "Szabó",  "Tillman",  "Ueda",      "Vargas",    "Whitlock",  "Xiang",
                           "Yıldız", "Zeller",   "St. Clair", "van Dijk",  "Müller Jr."};
constexpr std::array kPositions{"G", "G-F", "F", "F-C", "C"};
constexpr std::array kColleges{"Duke",          "Kentucky", "Gonzaga",
                               "Real Madrid",   "-",        "                                   ",
                               "Michigan State"};
constexpr std::array kCountries{"USA", "USA", "USA", "Serbia", "France", "Canada", "Nigeria"};

template <typename T, std::size_t N>
const T& one_of(Random& random, const std::array<T, N>& of) {
  return of[static_cast<std::size_t>(random.between(0, static_cast<int>(N) - 1))];
}

std::vector<Player> make_players() {
  Random random(1891);
  std::vector<Player> all;
  for (std::size_t t = 0; t < kTeamCount; ++t) {
    const bool loses_one = t % kEach == 0;
    for (int number = 0; number < kRoster + (loses_one ? 1 : 0); ++number) {
      Player player;
      const auto place = all.size();
      player.id = 1'700'000 + static_cast<std::int64_t>(place);
      // Each name once: the two lists have no common divisor.
      player.first = kFirst[place % kFirst.size()];
      player.last = kLast[place % kLast.size()];
      player.team = static_cast<int>(t);
      player.number = number;
      player.waived = number == kRoster;
      if (loses_one && number == 6) player.traded_to = static_cast<int>((t + 2) % kTeamCount);
      player.jersey = number == 3 ? "00" : std::to_string(number * 3 + random.between(0, 2));
      const auto size = static_cast<std::size_t>(random.between(0, 4));
      player.position = kPositions[size];
      player.height = 73 + 2 * static_cast<int>(size) + random.between(0, 3);
      player.weight = 180 + 15 * static_cast<int>(size) + random.between(0, 14);
      player.college = one_of(random, kColleges);
      player.country = one_of(random, kCountries);
      player.first_year = random.between(2008, 2025);
      player.pick = std::max(0, random.between(-20, 60));
      player.age = 2026 - player.first_year + random.between(18, 22);
      all.push_back(std::move(player));
    }
  }
  return all;
}

// A letter with a mark without it; nothing for what no address has.
std::string plain(const std::string& name) {
  constexpr std::array<std::pair<const char*, const char*>, 9> kMarked{{{"ć", "c"},
                                                                        {"ř", "r"},
                                                                        {"á", "a"},
                                                                        {"ó", "o"},
                                                                        {"ı", "i"},
                                                                        {"ü", "u"},
                                                                        {"'", ""},
                                                                        {".", ""},
                                                                        {" ", "-"}}};
  std::string text = name;
  for (const auto& [marked, bare] : kMarked) {
    for (auto at = text.find(marked); at != std::string::npos; at = text.find(marked)) {
      text.replace(at, std::string(marked).size(), bare);
    }
  }
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

}  // namespace

std::string Player::slug() const { return plain(name()); }

const std::vector<Player>& players() {
  static const std::vector<Player> all = make_players();
  return all;
}

int team_of(const Player& player, Day date) {
  if (player.waived && date >= kWaiverDay) return -1;
  return player.traded_to >= 0 && date >= kTradeDay ? player.traded_to : player.team;
}

std::vector<std::size_t> roster(int team, Day date) {
  std::vector<std::size_t> places;
  const auto& all = players();
  for (std::size_t p = 0; p < all.size(); ++p) {
    if (team_of(all[p], date) == team) places.push_back(p);
  }
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t a, std::size_t b) { return all[a].number < all[b].number; });
  return places;
}

}  // namespace nbasync::demo
