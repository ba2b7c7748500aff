#include "dataset/derive.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "dataset/date.hpp"
#include "dataset/value.hpp"

namespace nbasync {
namespace {

// The result of a whole-number operation stays one.
template <typename Operation>
Value combine(const Value& one, const Value& other, Operation operation) {
  const auto* a = std::get_if<std::int64_t>(&one);
  const auto* b = std::get_if<std::int64_t>(&other);
  if (a && b) return operation(*a, *b);
  const auto x = number(one);
  const auto y = number(other);
  if (!x || !y) return {};
  return rounded(operation(*x, *y));
}

}  // namespace

double rounded(double value, int digits) {
  const double scale = std::pow(10.0, digits);
  return std::round(value * scale) / scale;
}

Value difference(const Value& minuend, const Value& subtrahend) {
  return combine(minuend, subtrahend, std::minus<>());
}

Value sum(const Value& one, const Value& other) { return combine(one, other, std::plus<>()); }

Value product(double factor, const Value& value) {
  const auto x = number(value);
  if (!x) return {};
  return rounded(factor * *x);
}

Value ratio(const Value& made, const Value& attempted) {
  const auto part = number(made);
  const auto whole = number(attempted);
  if (!part || !whole || *whole <= 0) return {};
  return rounded(*part / *whole);
}

Value mean(std::span<const Value> values, int digits) {
  double total = 0;
  int count = 0;
  for (const Value& value : values) {
    if (const auto x = number(value)) {
      total += *x;
      ++count;
    }
  }
  if (count == 0) return {};
  return rounded(total / count, digits);
}

std::vector<Value> ranks(std::span<const Value> values, Best best) {
  const double sign = best == Best::kHighest ? -1 : 1;
  std::vector<double> sorted;
  for (const Value& value : values) {
    if (const auto x = number(value)) sorted.push_back(sign * *x);
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<Value> result(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto x = number(values[i]);
    if (!x) continue;
    const auto first = std::lower_bound(sorted.begin(), sorted.end(), sign * *x);
    result[i] = std::int64_t{first - sorted.begin() + 1};
  }
  return result;
}

std::vector<Value> rest_days(std::span<const TeamDay> days) {
  std::vector<std::size_t> order(days.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(days[a].team_id, days[a].date) < std::tie(days[b].team_id, days[b].date);
  });
  std::vector<Value> result(days.size());
  for (std::size_t i = 1; i < order.size(); ++i) {
    const TeamDay& before = days[order[i - 1]];
    const TeamDay& day = days[order[i]];
    if (before.team_id != day.team_id) continue;
    const auto from = parse_date(before.date);
    const auto to = parse_date(day.date);
    if (from && to) result[order[i]] = std::int64_t{(*to - *from).count()};
  }
  return result;
}

}  // namespace nbasync
