#pragma once

#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "demo/box_score.hpp"

namespace nbasync::demo {

using Json = nlohmann::ordered_json;

// What a row of statistics is computed from: a team's part in one game or in several.
struct Line {
  int games = 0;
  int wins = 0;
  int losses = 0;
  double minutes = 0;
  Box own;
  Box opponent;
};

// How a number is written. A count, whole or with a fraction of zero, becomes the mean where the
// row is of several games.
enum class Form { kWhole, kCount, kFloatCount, kFloat, kDigits1, kDigits2, kDigits3 };
enum class Best { kHigh, kLow, kUnranked };

// A column of statistics.
struct Stat {
  std::string name;
  std::function<double(const Line&)> value;
  Form form;
  Best best = Best::kHigh;
};
using Stats = std::vector<Stat>;

// GP, W, L, W_PCT and MIN, which all measures have; then those of a MeasureType.
Stats record_stats(Form minutes);
const Stats& base_stats();
const Stats& advanced_stats();
const Stats& misc_stats();
const Stats& opponent_stats();

// The stat as a JSON value; mean: of several games.
Json cell(const Stat& stat, const Line& line, bool mean);

// By line: 1 is best, ties share a rank.
std::vector<int> ranks(const Stat& stat, const std::vector<Line>& lines);

double rounded(double value, int digits);
double ratio(double a, double b);  // 0 of nothing

}  // namespace nbasync::demo
