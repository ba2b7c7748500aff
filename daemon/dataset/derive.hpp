#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "dataset/dataset.hpp"

namespace nbasync {

// Figures that upstream does not give. Pure; NULL where an operand is NULL.

// To `digits` decimals, so that the noise of floating-point arithmetic is not stored.
double rounded(double value, int digits = 3);

Value difference(const Value& minuend, const Value& subtrahend);
Value sum(const Value& one, const Value& other);
Value product(double factor, const Value& value);

// A fraction, as of shots made; NULL for 0 attempts.
Value ratio(const Value& made, const Value& attempted);

// Over the values that are not NULL; NULL if there are none.
Value mean(std::span<const Value> values, int digits = 3);

enum class Best { kHighest, kLowest };

// For each value its rank: 1 is the best, equal values share a rank, and the next one counts them:
// 1, 2, 2, 4.
std::vector<Value> ranks(std::span<const Value> values, Best best);

// A day on which a team plays.
struct TeamDay {
  std::int64_t team_id;
  std::string_view date;  // "2026-01-15"
};

// For each the days since the same team's day before it, in whatever order they are given; NULL for
// its first.
std::vector<Value> rest_days(std::span<const TeamDay> days);

}  // namespace nbasync
