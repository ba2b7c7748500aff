#include <algorithm>
#include <cmath>
#include <functional>

#include "demo/stats.hpp"

namespace nbasync::demo {

double rounded(double value, int digits) {
  const double scale = digits == 3 ? 1000 : digits == 2 ? 100 : 10;
  return std::round(value * scale) / scale + 0.0;  // no -0.0
}

double ratio(double a, double b) { return b == 0 ? 0 : a / b; }

Json cell(const Stat& stat, const Line& line, bool mean) {
  const double value = stat.value(line);
  const double games = std::max(1, line.games);
  switch (stat.form) {
    case Form::kWhole:
      return std::lround(value);
    case Form::kCount:
      return mean ? Json(rounded(value / games, 1)) : Json(std::lround(value));
    case Form::kFloatCount:
      return rounded(mean ? value / games : value, 1);
    case Form::kFloat:
    case Form::kDigits1:
      return rounded(value, 1);
    case Form::kDigits2:
      return rounded(value, 2);
    case Form::kDigits3:
      break;
  }
  return rounded(value, 3);
}

std::vector<int> ranks(const Stat& stat, const std::vector<Line>& lines) {
  const double sign = stat.best == Best::kHigh ? -1 : 1;  // the best comes first
  std::vector<double> values(lines.size());
  std::transform(lines.begin(), lines.end(), values.begin(),
                 [&](const Line& line) { return sign * stat.value(line); });
  auto sorted = values;
  std::sort(sorted.begin(), sorted.end());
  std::vector<int> result(values.size());
  std::transform(values.begin(), values.end(), result.begin(), [&](double value) {
    const auto better = std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin();
    return 1 + static_cast<int>(better);
  });
  return result;
}

}  // namespace nbasync::demo
