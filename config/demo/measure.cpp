#include "demo/measure.hpp"

namespace nbasync::demo {

const Stats& stats_of(Measure measure) {
  switch (measure) {
    case Measure::kBase:
      return base_stats();
    case Measure::kAdvanced:
      return advanced_stats();
    case Measure::kMisc:
      return misc_stats();
    case Measure::kOpponent:
      break;
  }
  return opponent_stats();
}

Json result_of(const Played& played, std::size_t side) {
  return !played.over() ? Json() : played.won(side) ? Json("W") : Json("L");
}

Line line_of(const Played& played, std::size_t side) {
  Line line;
  line.games = 1;
  if (played.over()) ++(played.won(side) ? line.wins : line.losses);
  line.minutes = played.result.minutes;
  line.own = played.result.box[side];
  line.opponent = played.result.box[1 - side];
  return line;
}

}  // namespace nbasync::demo
