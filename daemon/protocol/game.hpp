#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "model/fields.hpp"

namespace nbasync::protocol {

// A game of a day, as /api/games tells it: what of it is for people. A name or note that is not
// known is empty.
struct Game {
  std::string id;
  std::string game_date;  // the league's day
  std::string home_team_name;
  std::string away_team_name;
  std::int64_t home_score = 0;
  std::int64_t away_score = 0;
  std::string status;            // "scheduled", "live", "final", "postponed"
  std::string game_status_text;  // upstream's words: "Half", "Final/OT"
  std::int64_t period = 0;
  std::string game_clock;  // "PT04M32.00S"
  std::optional<SystemTime> game_time_utc;
  std::string label;
  std::string home_team_record;  // wins and losses of the season, "35-20"
  std::string away_team_record;

  template <typename Self, typename Visitor>
  static void fields(Self& self, Visitor&& visit) {
    visit(Field{"id"}, self.id);
    visit(Field{"game_date"}, self.game_date);
    visit(Field{"home_team_name", kNullable}, self.home_team_name);
    visit(Field{"away_team_name", kNullable}, self.away_team_name);
    visit(Field{"home_score"}, self.home_score);
    visit(Field{"away_score"}, self.away_score);
    visit(Field{"status"}, self.status);
    visit(Field{"game_status_text", kNullable}, self.game_status_text);
    visit(Field{"period"}, self.period);
    visit(Field{"game_clock", kNullable}, self.game_clock);
    visit(Field{"game_time_utc"}, self.game_time_utc);
    visit(Field{"label", kNullable}, self.label);
    visit(Field{"home_team_record", kNullable}, self.home_team_record);
    visit(Field{"away_team_record", kNullable}, self.away_team_record);
  }

  bool operator==(const Game&) const = default;
};

}  // namespace nbasync::protocol
