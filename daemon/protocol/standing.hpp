#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/fields.hpp"

namespace nbasync::protocol {

// A team's place, as /api/standings tells it: what of it is for people.
struct Standing {
  std::int64_t team_id = 0;
  std::string season;
  std::string team_abbreviation;
  std::string city;
  std::string name;
  std::string conference;
  std::int64_t wins = 0;
  std::int64_t losses = 0;
  std::optional<double> win_pct;
  std::optional<std::int64_t> conference_rank;
  std::optional<double> conference_games_back;
  std::string home_record;
  std::string road_record;
  std::string last_10;
  std::string streak;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"team_id"}, self.team_id);
    visit(Field{"season"}, self.season);
    visit(Field{"team_abbreviation", kNullable}, self.team_abbreviation);
    visit(Field{"city", kNullable}, self.city);
    visit(Field{"name", kNullable}, self.name);
    visit(Field{"conference", kNullable}, self.conference);
    visit(Field{"wins"}, self.wins);
    visit(Field{"losses"}, self.losses);
    visit(Field{"win_pct"}, self.win_pct);
    visit(Field{"conference_rank"}, self.conference_rank);
    visit(Field{"conference_games_back"}, self.conference_games_back);
    visit(Field{"home_record", kNullable}, self.home_record);
    visit(Field{"road_record", kNullable}, self.road_record);
    visit(Field{"last_10", kNullable}, self.last_10);
    visit(Field{"streak", kNullable}, self.streak);
  }

  bool operator==(const Standing&) const = default;
};

}  // namespace nbasync::protocol
