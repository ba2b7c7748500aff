#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/fields.hpp"

namespace nbasync::protocol {

// A player as /api/players tells him: what of it is for people. What is not known is empty.
struct Player {
  std::int64_t player_id = 0;
  std::string full_name;
  std::string team_abbreviation;
  std::string jersey_number;
  std::string position;
  std::optional<std::int64_t> height_inches;
  std::optional<std::int64_t> weight_pounds;
  std::string college;
  std::string country;
  std::optional<std::int64_t> draft_year;
  std::optional<std::int64_t> draft_round;
  std::optional<std::int64_t> draft_number;
  std::optional<std::int64_t> from_year;
  std::optional<std::int64_t> to_year;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"player_id"}, self.player_id);
    visit(Field{"full_name", kNullable}, self.full_name);
    visit(Field{"team_abbreviation", kNullable}, self.team_abbreviation);
    visit(Field{"jersey_number", kNullable}, self.jersey_number);
    visit(Field{"position", kNullable}, self.position);
    visit(Field{"height_inches"}, self.height_inches);
    visit(Field{"weight_pounds"}, self.weight_pounds);
    visit(Field{"college", kNullable}, self.college);
    visit(Field{"country", kNullable}, self.country);
    visit(Field{"draft_year"}, self.draft_year);
    visit(Field{"draft_round"}, self.draft_round);
    visit(Field{"draft_number"}, self.draft_number);
    visit(Field{"from_year"}, self.from_year);
    visit(Field{"to_year"}, self.to_year);
  }

  bool operator==(const Player&) const = default;
};

// His averages of a season, as /api/player-stats tells them.
struct PlayerSeason {
  std::string season;
  std::string split_type;  // "overall", "playoffs"
  std::string team_abbreviation;
  std::int64_t games_played = 0;
  std::optional<double> minutes;
  std::optional<double> points;
  std::optional<double> rebounds;
  std::optional<double> assists;
  std::optional<double> steals;
  std::optional<double> blocks;
  std::optional<double> turnovers;
  std::optional<double> fg_pct;
  std::optional<double> fg3_pct;
  std::optional<double> ft_pct;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"season"}, self.season);
    visit(Field{"split_type"}, self.split_type);
    visit(Field{"team_abbreviation", kNullable}, self.team_abbreviation);
    visit(Field{"games_played"}, self.games_played);
    visit(Field{"minutes"}, self.minutes);
    visit(Field{"points"}, self.points);
    visit(Field{"rebounds"}, self.rebounds);
    visit(Field{"assists"}, self.assists);
    visit(Field{"steals"}, self.steals);
    visit(Field{"blocks"}, self.blocks);
    visit(Field{"turnovers"}, self.turnovers);
    visit(Field{"fg_pct"}, self.fg_pct);
    visit(Field{"fg3_pct"}, self.fg3_pct);
    visit(Field{"ft_pct"}, self.ft_pct);
  }

  bool operator==(const PlayerSeason&) const = default;
};

// What he did in a game, as /api/player-game-logs tells it.
struct PlayerGame {
  std::string game_id;
  std::string game_date;
  std::string game_type;
  std::string matchup;
  std::string win_loss;
  std::optional<double> minutes;
  std::optional<std::int64_t> points;
  std::optional<std::int64_t> rebounds;
  std::optional<std::int64_t> assists;
  std::optional<std::int64_t> fgm;
  std::optional<std::int64_t> fga;
  std::optional<double> plus_minus;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"game_id"}, self.game_id);
    visit(Field{"game_date"}, self.game_date);
    visit(Field{"game_type", kNullable}, self.game_type);
    visit(Field{"matchup", kNullable}, self.matchup);
    visit(Field{"win_loss", kNullable}, self.win_loss);
    visit(Field{"minutes"}, self.minutes);
    visit(Field{"points"}, self.points);
    visit(Field{"rebounds"}, self.rebounds);
    visit(Field{"assists"}, self.assists);
    visit(Field{"fgm"}, self.fgm);
    visit(Field{"fga"}, self.fga);
    visit(Field{"plus_minus"}, self.plus_minus);
  }

  bool operator==(const PlayerGame&) const = default;
};

}  // namespace nbasync::protocol
