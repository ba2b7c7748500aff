#include "demo/standing_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <string>

namespace nbasync::demo {
namespace {

bool any(const Seen&) { return true; }
bool home(const Seen& game) { return game.home(); }
bool road(const Seen& game) { return !game.home(); }

const Team& team_of(const TeamRecord& record) {
  return kTeams[static_cast<std::size_t>(record.team)];
}

// One row, written column by column.
class RowWriter {
 public:
  RowWriter(const std::vector<TeamRecord>& all, const TeamRecord& record)
      : all_(all), record_(record), team_(team_of(record)) {}

  Table row() {
    identity();
    ranks();
    recent();
    streaks();
    gaps();
    situations();
    opponents();
    months();
    totals();
    return {std::move(headers_), {std::move(cells_)}};
  }

 private:
  void add(std::string header, Json value) {
    headers_.push_back(std::move(header));
    cells_.push_back(std::move(value));
  }
  void add_record(std::string header, const Which& which) {
    add(std::move(header), record_.text(which));
  }
  void add_streak(const std::string& header, int streak) {
    add(header, streak);
    add("str" + header, fmt::format("{} {}", streak < 0 ? 'L' : 'W', std::abs(streak)));
  }

  // How many of those of the same conference or division have won a greater share; and the best's
  // lead.
  int rank(const std::function<bool(const TeamRecord&)>& peer) const {
    return 1 + static_cast<int>(std::count_if(all_.begin(), all_.end(), [&](const auto& other) {
             return peer(other) && other.share() > record_.share();
           }));
  }
  double games_back(const std::function<bool(const TeamRecord&)>& peer) const {
    double most = 0;
    for (const auto& other : all_) {
      if (!peer(other)) continue;
      const int ahead = other.wins(any) - record_.wins(any);
      const int behind = record_.losses(any) - other.losses(any);
      most = std::max(most, (ahead + behind) / 2.0);
    }
    return most;
  }
  bool same_conference(int other) const {
    return (other < kConference) == (record_.team < kConference);
  }
  std::function<bool(const TeamRecord&)> conference_peer() const {
    return [this](const TeamRecord& other) { return same_conference(other.team); };
  }
  std::function<bool(const TeamRecord&)> division_peer() const {
    return [this](const TeamRecord& other) {
      return std::string(team_of(other).division) == team_.division;
    };
  }
  Which against_division(const std::string& division) const {
    return [division](const Seen& game) {
      return kTeams[static_cast<std::size_t>(game.opponent_team())].division == division;
    };
  }

  void identity() {
    add("LeagueID", "00");
    add("SeasonID", kSeasonId);
    add("TeamID", team_.id);
    add("TeamCity", team_.city);
    add("TeamName", team_.name);
    add("TeamSlug", team_.slug);
  }

  void ranks() {
    add("Conference", conference(record_.team));
    add_record("ConferenceRecord",
               [this](const Seen& game) { return same_conference(game.opponent_team()); });
    add("PlayoffRank", rank(conference_peer()));
    add("ClinchIndicator", "");
    add("Division", team_.division);
    add_record("DivisionRecord", against_division(team_.division));
    add("DivisionRank", rank(division_peer()));
    add("WINS", record_.wins(any));
    add("LOSSES", record_.losses(any));
    add("WinPCT", rounded(record_.share(), 3));
    add("LeagueRank", 0);
    add_record("Record", any);
  }

  void recent() {
    add_record("HOME", home);
    add_record("ROAD", road);
    add("L10", record_.text_of_last(10, any));
    add("Last10Home", record_.text_of_last(10, home));
    add("Last10Road", record_.text_of_last(10, road));
    add_record("OT", [](const Seen& game) { return game.played->period > 4; });
    add_record("ThreePTSOrLess", [](const Seen& game) { return std::abs(game.margin()) <= 3; });
    add_record("TenPTSOrMore", [](const Seen& game) { return std::abs(game.margin()) >= 10; });
  }

  void streaks() {
    add_streak("LongHomeStreak", record_.longest_streak(true, home));
    add_streak("LongRoadStreak", record_.longest_streak(true, road));
    add("LongWinStreak", record_.longest_streak(true, any));
    add("LongLossStreak", record_.longest_streak(false, any));
    add_streak("CurrentHomeStreak", record_.current_streak(home));
    add_streak("CurrentRoadStreak", record_.current_streak(road));
    add_streak("CurrentStreak", record_.current_streak(any));
  }

  void gaps() {
    add("ConferenceGamesBack", games_back(conference_peer()));
    add("DivisionGamesBack", games_back(division_peer()));
    for (const auto* header :
         {"ClinchedConferenceTitle", "ClinchedDivisionTitle", "ClinchedPlayoffBirth",
          "ClinchedPlayIn", "EliminatedConference", "EliminatedDivision"}) {
      add(header, 0);
    }
  }

  void situations() {
    for (const auto& [name, periods] : {std::pair{"Half", 2U}, std::pair{"Third", 3U}}) {
      const std::size_t after = periods;
      const std::string when = name;
      add_record("AheadAt" + when, [=](const Seen& game) { return game.lead_after(after) > 0; });
      add_record("BehindAt" + when, [=](const Seen& game) { return game.lead_after(after) < 0; });
      add_record("TiedAt" + when, [=](const Seen& game) { return game.lead_after(after) == 0; });
    }
    add_record("Score100PTS", [](const Seen& game) { return game.own().points() >= 100; });
    add_record("OppScore100PTS", [](const Seen& game) { return game.opponent().points() >= 100; });
    add_record("OppOver500", [this](const Seen& game) {
      return all_[static_cast<std::size_t>(game.opponent_team())].share() >= 0.5;
    });
    add_record("LeadInFGPCT", [](const Seen& game) {
      return game.own().fgm * game.opponent().fga > game.opponent().fgm * game.own().fga;
    });
    add_record("LeadInReb",
               [](const Seen& game) { return game.own().rebounds() > game.opponent().rebounds(); });
    add_record("FewerTurnovers",
               [](const Seen& game) { return game.own().tov < game.opponent().tov; });
    const auto games = static_cast<double>(record_.games.size());
    const int difference = record_.points() - record_.opponent_points();
    add("PointsPG", rounded(record_.points() / games, 1));
    add("OppPointsPG", rounded(record_.opponent_points() / games, 1));
    add("DiffPointsPG", rounded(difference / games, 1));
  }

  void opponents() {
    const auto against = [](bool east) -> Which {
      return [east](const Seen& game) { return (game.opponent_team() < kConference) == east; };
    };
    add_record("vsEast", against(true));
    for (const auto* division : {"Atlantic", "Central", "Southeast"}) {
      add_record(std::string("vs") + division, against_division(division));
    }
    add_record("vsWest", against(false));
    for (const auto* division : {"Northwest", "Pacific", "Southwest"}) {
      add_record(std::string("vs") + division, against_division(division));
    }
  }

  void months() {
    unsigned month = 0;
    for (const auto* name :
         {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}) {
      ++month;
      const auto in_month = [month](const Seen& game) {
        return std::chrono::year_month_day{game.played->game.date}.month() ==
               std::chrono::month{month};
      };
      const bool played = record_.wins(in_month) + record_.losses(in_month) > 0;
      add(name, played ? Json(record_.text(in_month)) : Json());
    }
  }

  void totals() {
    const auto scored = [](int least) -> Which {
      return [least](const Seen& game) { return game.own().points() >= least; };
    };
    add_record("Score_80_Plus", scored(80));
    add_record("Opp_Score_80_Plus",
               [](const Seen& game) { return game.opponent().points() >= 80; });
    add_record("Score_Below_80", [](const Seen& game) { return game.own().points() < 80; });
    add_record("Opp_Score_Below_80",
               [](const Seen& game) { return game.opponent().points() < 80; });
    add("TotalPoints", record_.points());
    add("OppTotalPoints", record_.opponent_points());
    add("DiffTotalPoints", record_.points() - record_.opponent_points());
  }

  const std::vector<TeamRecord>& all_;
  const TeamRecord& record_;
  const Team& team_;
  std::vector<std::string> headers_;
  Json cells_ = Json::array();
};

}  // namespace

Table standing_row(const std::vector<TeamRecord>& all, const TeamRecord& record) {
  return RowWriter(all, record).row();
}

}  // namespace nbasync::demo
