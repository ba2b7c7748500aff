#include "demo/postseason.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <tuple>

namespace nbasync::demo {
namespace {

using std::chrono::days;

// Builds on what is known of the season so far. Its own random numbers: the regular season stays
// what it is.
class Postseason {
 public:
  Postseason(Season& season, const std::vector<Strength>& strengths)
      : season_(season), strengths_(strengths) {}

  void run() {
    add_cup_final();
    if (season_.today > kLastDay) add_play_in_and_playoffs();
    season_.insert(season_.end(), std::make_move_iterator(added_.begin()),
                   std::make_move_iterator(added_.end()));
    settle_today();
    std::stable_sort(season_.begin(), season_.end(), [](const Played& a, const Played& b) {
      return std::tuple(a.game.date, a.game.tip_off) < std::tuple(b.game.date, b.game.tip_off);
    });
  }

 private:
  static Game game_of(std::string id, Day date, int home, int away, std::string label,
                      std::string sub_label) {
    const auto& host = kTeams[static_cast<std::size_t>(home)];
    return {.id = std::move(id),
            .date = date,
            .tip_off = date + minutes{19 * 60 + 30} - ahead_of_eastern(host.zone, date),
            .home = home,
            .away = away,
            .arena = {host.arena, host.arena_city, host.arena_state},
            .label = std::move(label),
            .sub_label = std::move(sub_label),
            .subtype = ""};
  }

  // The winner; none before the game is over.
  std::optional<int> play(Game game) {
    // By the game, so that a game is the same whatever else is known.
    Random random(std::stoull(game.id));
    game.stage = game.date < season_.today ? Stage::kFinal : Stage::kScheduled;
    const int overtimes = overtimes_of(random);
    added_.push_back(play_game(std::move(game), strengths_, overtimes, random));
    auto& played = added_.back();
    for (const std::size_t side : {0U, 1U}) {
      played.wins[side] = record_[played.team(side)][0];
      played.losses[side] = record_[played.team(side)][1];
    }
    return played.over() ? std::optional(played.winner()) : std::nullopt;
  }

  void add_cup_final() {
    std::vector<int> finalists;
    for (const auto& played : season_) {
      const bool semifinal = played.game.sub_label.ends_with("Semifinal") && played.game.neutral;
      if (semifinal && played.over()) finalists.push_back(played.winner());
    }
    if (finalists.size() != 2) return;
    auto game = game_of("0062500001", day(2025, 12, 16), finalists[0], finalists[1],
                        "Emirates NBA Cup", "Championship");
    game.arena = {"T-Mobile Arena", "Las Vegas", "NV"};
    game.neutral = true;
    game.subtype = "in-season-knockout";
    play(std::move(game));
  }

  // The teams of a conference by wins.
  std::vector<int> seeds(int first) {
    std::vector<int> teams(kConference);
    std::iota(teams.begin(), teams.end(), first);
    std::stable_sort(teams.begin(), teams.end(),
                     [&](int a, int b) { return record_[a][0] > record_[b][0]; });
    return teams;
  }

  // The seventh and the eighth of the playoffs, as far as they are known.
  void add_play_in(std::vector<int>& seeds, int conference) {
    const Day first = day(2026, 4, 14) + days{conference};
    const auto label = fmt::format("{} Play-In", conference == 0 ? "East" : "West");
    const auto id = [&](int number) { return fmt::format("00525001{}1", number); };
    const auto play_one = [&](std::string name, Day date, int home, int away, const char* sub) {
      return play(game_of(std::move(name), date, home, away, label, sub));
    };
    const auto upper = play_one(id(2 * conference), first, seeds[6], seeds[7], "7 vs. 8");
    const auto lower = play_one(id(2 * conference + 1), first, seeds[8], seeds[9], "9 vs. 10");
    if (!upper || !lower) {
      seeds.resize(6);
      return;
    }
    const int loser = *upper == seeds[6] ? seeds[7] : seeds[6];
    const auto last = play_one(fmt::format("00525002{}1", conference), day(2026, 4, 17), loser,
                               *lower, "for the 8th seed");
    seeds.resize(6);
    seeds.push_back(*upper);
    if (last) seeds.push_back(*last);
  }

  // A series of seven at most; its winner, once it has one.
  std::optional<int> add_series(int round, int series, Day start, int better, int worse,
                                const std::string& label) {
    constexpr std::array kAtHome{true, true, false, false, true, false, true};
    std::array<int, 2> wins{};
    for (int number = 1; number <= 7; ++number) {
      const bool at_home = kAtHome.at(static_cast<std::size_t>(number - 1));
      const Day date = start + days{2 * (number - 1)};
      auto game = game_of(fmt::format("004250{:02}{}{}", round, series, number), date,
                          at_home ? better : worse, at_home ? worse : better, label,
                          fmt::format("Game {}", number));
      game.if_necessary = number > 4 && date >= season_.today;
      if (const auto winner = play(std::move(game))) {
        if (++wins[*winner == better ? 0 : 1] == 4) return winner;
      }
    }
    return std::nullopt;
  }

  // The teams of a round, pair by pair; nothing if they are not all known.
  void add_round(int round, std::vector<int> teams, Day start) {
    constexpr std::array kNames{"First Round", "Semifinals", "Finals", "NBA Finals"};
    std::vector<int> winners;
    const auto pairs = teams.size() / 2;
    for (std::size_t i = 0; i < pairs; ++i) {
      const auto* side = i < pairs / 2 || pairs == 1 ? "East " : "West ";
      const auto label = fmt::format("{}{}", pairs == 1 ? "" : side,
                                     kNames.at(static_cast<std::size_t>(round - 1)));
      int better = teams[2 * i];
      int worse = teams[2 * i + 1];
      if (round > 1 && record_[worse][0] > record_[better][0]) std::swap(better, worse);
      const auto winner =
          add_series(round, static_cast<int>(i), start + days{i % 2}, better, worse, label);
      if (winner) winners.push_back(*winner);
    }
    if (winners.size() == pairs && pairs > 1) add_round(round + 1, winners, start + days{16});
  }

  void add_play_in_and_playoffs() {
    for (const auto& played : season_) {
      for (const std::size_t side : {0U, 1U}) {
        auto& [wins, losses] = record_[played.team(side)];
        wins = std::max(wins, played.wins[side]);
        losses = std::max(losses, played.losses[side]);
      }
    }
    std::vector<int> first_round;
    for (const int conference : {0, 1}) {
      auto teams = seeds(conference * kConference);
      add_play_in(teams, conference);
      if (teams.size() < 8) return;
      for (const std::size_t place : {0U, 7U, 3U, 4U, 2U, 5U, 1U, 6U}) {
        first_round.push_back(teams[place]);
      }
    }
    add_round(1, first_round, day(2026, 4, 18));
  }

  // Games of today that were added are under way.
  void settle_today() {
    std::vector<Game> games;
    for (const auto& played : season_) {
      const bool is_new = played.game.date == season_.today && played.game.type() != '2';
      if (is_new) games.push_back(played.game);
    }
    set_under_way(games, season_.today);
    for (const auto& game : games) {
      const auto played =
          std::ranges::find(season_, game.id, [](const Played& each) { return each.game.id; });
      const auto wins = played->wins;
      const auto losses = played->losses;
      Random random(std::stoull(game.id));
      const int overtimes = overtimes_of(random);
      *played = play_game(game, strengths_, overtimes, random);
      played->game.if_necessary = false;
      played->wins = wins;
      played->losses = losses;
    }
  }

  Season& season_;
  const std::vector<Strength>& strengths_;
  std::vector<Played> added_;
  std::map<int, std::array<int, 2>> record_;  // wins and losses by team
};

}  // namespace

void add_postseason(Season& season, const std::vector<Strength>& strengths) {
  Postseason(season, strengths).run();
}

}  // namespace nbasync::demo
