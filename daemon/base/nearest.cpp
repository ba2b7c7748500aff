#include "base/nearest.hpp"

#include <algorithm>

#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // Three rows of the table of distances between beginnings of a and b: two back, one back, this
  // one.
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
  }
  return row[b.size()];
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known) {
  constexpr std::size_t kLongest = 64;  // the distance takes quadratic time
  if (word.size() > kLongest) return {};
  std::string_view best;
  std::size_t least = word.size() / 3 + 2;  // a third of the letters may be wrong, and one
  for (const auto candidate : known) {
    const auto distance = edit_distance(word, candidate);
    if (distance < least && distance < candidate.size()) {
      least = distance;
      best = candidate;
    }
  }
  const auto begins = [&](std::string_view candidate) { return candidate.starts_with(word); };
  if (best.empty() && word.size() >= 3) {  // "warn"
    const auto longer = std::find_if(known.begin(), known.end(), begins);
    if (longer != known.end()) best = *longer;
  }
  return best;
}

std::string suggest(std::string_view word, const std::vector<std::string_view>& known) {
  if (const auto near = nearest(word, known); !near.empty()) {
    return format("; did you mean '{}'?", near);
  }
  return known.empty() ? "" : "; known are: " + joined(known);
}

}  // namespace nbasync
