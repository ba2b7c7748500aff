#include "demo/stats.hpp"

#include <functional>
#include <utility>

namespace nbasync::demo {
namespace {

// A member of Box, or a member function, as a column.
template <typename Member>
Stat count(std::string name, Member member, Form form = Form::kCount, Best best = Best::kHigh) {
  const auto value = [member](const Line& line) { return double(std::invoke(member, line.own)); };
  return {std::move(name), value, form, best};
}

Stat share(std::string name, int Box::*part, int Box::*whole) {
  const auto value = [part, whole](const Line& line) {
    return ratio(line.own.*part, line.own.*whole);
  };
  return {std::move(name), value, Form::kDigits3};
}

Stat number(std::string name, std::function<double(const Line&)> value, Form form,
            Best best = Best::kHigh) {
  return {std::move(name), std::move(value), form, best};
}

// The same of the other team.
Stat opposed(Stat stat, std::string name, Best best) {
  stat.value = [value = std::move(stat.value)](const Line& line) {
    Line mirrored = line;
    std::swap(mirrored.own, mirrored.opponent);
    return value(mirrored);
  };
  stat.name = std::move(name);
  stat.best = best;
  return stat;
}

double rating(const Box& box) { return 100 * ratio(box.points(), box.possessions); }
double pace(const Line& line) {
  return 48 * ratio((line.own.possessions + line.opponent.possessions) / 2.0, line.minutes);
}
double attack(const Line& line) { return rating(line.own); }
double defence(const Line& line) { return rating(line.opponent); }
double impact(const Box& b) {
  return b.points() + b.fgm + b.ftm - b.fga - b.fta + b.dreb + b.oreb / 2.0 + b.ast + b.stl +
         b.blk / 2.0 - b.pf - b.tov;
}

// Upstream's estimates are off by a little.
std::function<double(const Line&)> estimated(double (*official)(const Line&), double factor) {
  return [=](const Line& line) { return factor * official(line); };
}

}  // namespace

Stats record_stats(Form minutes_form) {
  return {
      number("GP", &Line::games, Form::kWhole),
      number("W", &Line::wins, Form::kWhole),
      number("L", &Line::losses, Form::kWhole, Best::kLow),
      number(
          "W_PCT", [](const Line& l) { return ratio(l.wins, l.games); }, Form::kDigits3),
      number("MIN", &Line::minutes, minutes_form),
  };
}

const Stats& base_stats() {
  static const Stats stats{
      count("FGM", &Box::fgm),
      count("FGA", &Box::fga),
      share("FG_PCT", &Box::fgm, &Box::fga),
      count("FG3M", &Box::fg3m),
      count("FG3A", &Box::fg3a),
      share("FG3_PCT", &Box::fg3m, &Box::fg3a),
      count("FTM", &Box::ftm),
      count("FTA", &Box::fta),
      share("FT_PCT", &Box::ftm, &Box::fta),
      count("OREB", &Box::oreb),
      count("DREB", &Box::dreb),
      count("REB", &Box::rebounds),
      count("AST", &Box::ast),
      count("TOV", &Box::tov, Form::kFloatCount, Best::kLow),
      count("STL", &Box::stl),
      count("BLK", &Box::blk),
      opposed(count("BLK", &Box::blk), "BLKA", Best::kLow),
      count("PF", &Box::pf, Form::kCount, Best::kLow),
      opposed(count("PF", &Box::pf), "PFD", Best::kHigh),
      count("PTS", &Box::points),
      number(
          "PLUS_MINUS", [](const Line& l) { return double(l.own.points() - l.opponent.points()); },
          Form::kFloatCount),
  };
  return stats;
}

const Stats& advanced_stats() {
  const auto net = [](const Line& l) { return rounded(attack(l), 1) - rounded(defence(l), 1); };
  const auto turnovers = [](const Line& l) { return ratio(l.own.tov, l.own.possessions); };
  static const Stats stats{
      number("E_OFF_RATING", estimated(attack, 0.98), Form::kDigits1, Best::kUnranked),
      number("OFF_RATING", attack, Form::kDigits1),
      number("E_DEF_RATING", estimated(defence, 0.98), Form::kDigits1, Best::kUnranked),
      number("DEF_RATING", defence, Form::kDigits1, Best::kLow),
      number(
          "E_NET_RATING", [=](const Line& l) { return 0.98 * net(l); }, Form::kDigits1,
          Best::kUnranked),
      number("NET_RATING", net, Form::kDigits1),
      share("AST_PCT", &Box::ast, &Box::fgm),
      number(
          "AST_TO", [](const Line& l) { return ratio(l.own.ast, l.own.tov); }, Form::kDigits2),
      number(
          "AST_RATIO",
          [](const Line& l) { return 100 * ratio(l.own.ast, l.own.possessions + l.own.ast); },
          Form::kDigits1),
      number(
          "OREB_PCT", [](const Line& l) { return ratio(l.own.oreb, l.own.oreb + l.opponent.dreb); },
          Form::kDigits3),
      number(
          "DREB_PCT", [](const Line& l) { return ratio(l.own.dreb, l.own.dreb + l.opponent.oreb); },
          Form::kDigits3),
      number(
          "REB_PCT",
          [](const Line& l) {
            return ratio(l.own.rebounds(), l.own.rebounds() + l.opponent.rebounds());
          },
          Form::kDigits3),
      number("TM_TOV_PCT", turnovers, Form::kDigits3, Best::kLow),
      number(
          "EFG_PCT", [](const Line& l) { return ratio(l.own.fgm + 0.5 * l.own.fg3m, l.own.fga); },
          Form::kDigits3),
      number(
          "TS_PCT",
          [](const Line& l) { return ratio(l.own.points(), 2 * (l.own.fga + 0.44 * l.own.fta)); },
          Form::kDigits3),
      number("E_PACE", estimated(pace, 1.02), Form::kDigits2, Best::kUnranked),
      number("PACE", pace, Form::kDigits2),
      number("PACE_PER40", estimated(pace, 40.0 / 48), Form::kDigits2, Best::kUnranked),
      count("POSS", &Box::possessions, Form::kWhole, Best::kUnranked),
      number(
          "PIE",
          [](const Line& l) { return ratio(impact(l.own), impact(l.own) + impact(l.opponent)); },
          Form::kDigits3),
  };
  return stats;
}

const Stats& misc_stats() {
  static const Stats stats = [] {
    Stats own{count("PTS_OFF_TOV", &Box::off_turnovers),
              count("PTS_2ND_CHANCE", &Box::second_chance), count("PTS_FB", &Box::fast_break),
              count("PTS_PAINT", &Box::in_paint)};
    Stats both = own;
    for (auto& stat : own) both.push_back(opposed(stat, "OPP_" + stat.name, Best::kLow));
    return both;
  }();
  return stats;
}

const Stats& opponent_stats() {
  static const Stats stats = [] {
    Stats result;
    for (const auto& stat : base_stats()) {
      const bool own = stat.name == "PLUS_MINUS";
      const auto best = stat.best == Best::kLow ? Best::kHigh : Best::kLow;
      result.push_back(own ? stat : opposed(stat, "OPP_" + stat.name, best));
    }
    return result;
  }();
  return stats;
}

}  // namespace nbasync::demo
