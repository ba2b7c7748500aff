#pragma once

#include <optional>
#include <string_view>

namespace nbasync {

inline constexpr int kFirstSeason = 1946;  // that there was: the year it starts in

// The year a season starts in, of "2025-26" or "1999-00"; nullopt if it is no season's name.
inline std::optional<int> season_start_year(std::string_view season) {
  if (season.size() != 7 || season[4] != '-') return std::nullopt;
  int digits[6];
  int count = 0;
  for (const char c : season) {
    if (c == '-' && count == 4) continue;
    if (c < '0' || c > '9') return std::nullopt;
    digits[count++] = c - '0';
  }
  if (count != 6) return std::nullopt;
  const int start = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
  const int end = digits[4] * 10 + digits[5];
  if ((start + 1) % 100 != end || start < kFirstSeason) return std::nullopt;
  return start;
}

}  // namespace nbasync
