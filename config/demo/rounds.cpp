#include "demo/rounds.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "demo/teams.hpp"

namespace nbasync::demo {
namespace {

constexpr int kSize = kConference;

// Indices count round the circle of a conference.
int wrap(int index) { return ((index % kSize) + kSize) % kSize; }
int west(int index) { return kSize + wrap(index); }

void meet(Round& round, int a, int b) { round.push_back({a, b}); }

// Everyone meets everyone of the own conference once. With 15 teams one is left over in each round;
// East's plays West's, and over the 15 rounds those are all pairs of a given shift.
void add_circle(std::vector<Round>& rounds, int shift) {
  for (int rest = 0; rest < kSize; ++rest) {
    Round round;
    for (int step = 1; step <= kSize / 2; ++step) {
      meet(round, wrap(rest + step), wrap(rest - step));
      meet(round, west(rest + shift + step), west(rest + shift - step));
    }
    meet(round, rest, west(rest + shift));
    rounds.push_back(round);
  }
}

// Everyone meets the two teams that stand `distance` away in the own conference, and one of the
// other. Such a conference falls into cycles of odd length, which want three colours; the one
// missing at a team is the colour of its game across, for both conferences are coloured alike.
void add_prism(std::vector<Round>& rounds, int distance, int shift) {
  std::array<Round, 3> colours;
  std::array<bool, kSize> seen{};
  for (int start = 0; start < kSize; ++start) {
    if (seen[static_cast<std::size_t>(start)]) continue;
    std::vector<int> cycle;
    for (int at = start; cycle.empty() || at != start; at = wrap(at + distance)) {
      cycle.push_back(at);
      seen[static_cast<std::size_t>(at)] = true;
    }
    std::size_t before = 2;  // the colour of the edge into the cycle's first team: its last edge's
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      const std::size_t after = i + 1 == cycle.size() ? 2 : i % 2;
      const int a = cycle[i];
      meet(colours[after], a, wrap(a + distance));
      meet(colours[after], west(a + shift), west(a + distance + shift));
      meet(colours[3 - before - after], a, west(a + shift));
      before = after;
    }
  }
  rounds.insert(rounds.end(), colours.begin(), colours.end());
}

// Everyone meets one team of the other conference.
void add_across(std::vector<Round>& rounds, int shift) {
  Round round;
  for (int i = 0; i < kSize; ++i) meet(round, i, west(i + shift));
  rounds.push_back(round);
}

// Who is at home in the meetings of a and b, of one conference: fair over two and four; of three,
// the team that comes before the other at distance 1 or 7 has two.
std::vector<int> hosts(int a, int b, int meetings) {
  if (meetings != 3) return meetings == 2 ? std::vector{a, b} : std::vector{a, b, a, b};
  const int distance = wrap(b - a);
  const bool a_leads = distance == 1 || distance == 7;
  return {a, b, a_leads ? a : b};
}

void assign_homes(std::vector<Round>& rounds, Random& random) {
  const auto key = [](const Meeting& m) { return std::minmax({m.home, m.away}); };
  std::map<std::pair<int, int>, int> meetings;
  for (const auto& round : rounds) {
    for (const auto& meeting : round) ++meetings[key(meeting)];
  }
  std::map<std::pair<int, int>, std::vector<int>> turns;
  for (const auto& [pair, count] : meetings) {
    auto& order = turns[pair] = hosts(pair.first, pair.second, count);
    random.shuffle(order);
  }
  for (auto& round : rounds) {
    for (auto& meeting : round) {
      auto& order = turns[key(meeting)];
      if (order.back() != meeting.home) std::swap(meeting.home, meeting.away);
      order.pop_back();
    }
  }
}

}  // namespace

std::vector<Round> make_rounds(Random& random) {
  std::vector<Round> rounds;
  std::array<int, kSize> across{};  // how often each shift has been used; two in all
  for (int shift = 0; shift < 3; ++shift) {
    add_circle(rounds, shift);
    ++across[static_cast<std::size_t>(shift)];
  }
  // All distances but 1 and 7 meet a fourth time; 3 and 6 are the own division.
  int shift = 3;
  for (const int distance : {2, 3, 4, 5, 6}) {
    add_prism(rounds, distance, shift);
    ++across[static_cast<std::size_t>(shift++)];
  }
  for (int i = 0; i < kSize; ++i) {
    for (int used = across[static_cast<std::size_t>(i)]; used < 2; ++used) add_across(rounds, i);
  }
  random.shuffle(rounds);
  for (auto& round : rounds) random.shuffle(round);
  assign_homes(rounds, random);
  return rounds;
}

}  // namespace nbasync::demo
