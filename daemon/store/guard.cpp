#include "store/guard.hpp"

#include <xxhash.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/format.hpp"
#include "dataset/value.hpp"

namespace nbasync {
namespace {

// The way out: a loss that is the same in so many runs, over so long, is a correction.
constexpr std::int64_t kEnoughRuns = 3;
constexpr std::chrono::hours kLongEnough{24};
constexpr double kMostBelieved = 0.2;  // of the scope; beyond it only force

// Names a loss by the rows that are lost.
std::string name_of(std::span<const std::span<const Value>> lost, std::size_t missing) {
  std::vector<std::string> keys;
  for (const auto& row : lost) {
    std::string key;
    for (const auto& part : row) key += to_string(part) + ' ';
    keys.push_back(std::move(key));
  }
  std::ranges::sort(keys);
  std::string all;
  for (const auto& key : keys) all += key + '\n';
  return format("lacks {}, {:016x}", missing, XXH3_64bits(all.data(), all.size()));
}

bool is_believed(const Remembered* known, const std::string& claim, double part, SystemTime now) {
  return known != nullptr && known->claim == claim && known->claims + 1 >= kEnoughRuns &&
         known->claimed_at && now - *known->claimed_at >= kLongEnough && part < kMostBelieved;
}

}  // namespace

void judge(const TableChange& change, const SeasonFacts& facts, Difference& found,
           Judgement& judgement) {
  std::erase_if(found.deletes, [&](const Difference::Delete& row) {
    return std::ranges::find(change.spared, row.key) != change.spared.end();
  });
  if (!change.guard) return;
  const Expectation& guard = *change.guard;
  const auto must_stay = [&](const Difference::Delete& row) {
    return !guard.may_go || !guard.may_go(facts, row.key);
  };
  std::vector<std::span<const Value>> lost(guard.lost.begin(), guard.lost.end());
  for (const auto& row : found.deletes) {
    if (must_stay(row)) lost.push_back(row.key);
  }
  const auto& scope = change.scope.name;
  const auto remembered = facts.remembered.find(scope);
  const auto* known = remembered == facts.remembered.end() ? nullptr : &remembered->second;
  const auto answered = change.rows.size() + change.spared.size();
  const auto expected = change.complete ? found.stored + lost.size() - found.deletes.size() : 0;
  const auto whole = std::max(expected, guard.rows);
  const auto missing = std::max(lost.size(), whole > answered ? whole - answered : 0);
  const bool is_empty = answered == 0;
  const auto part = whole == 0 ? 0 : static_cast<double>(missing) / static_cast<double>(whole);
  const bool is_free = guard.free > 0 && (part <= guard.free || missing <= kFew);
  if (missing == 0 || (!is_empty && is_free)) {
    if (known != nullptr && !known->claim.empty()) judgement.claims.push_back({scope, {}});
    return;
  }
  if (facts.force && !is_empty) return;
  const auto claim = name_of(lost, missing);
  if (!is_empty && is_believed(known, claim, part, facts.now)) {
    judgement.claims.push_back({scope, {}});
    judgement.note = format("{}: upstream has lacked the same {} of {} rows since {}: taken", scope,
                            missing, whole, format_utc(*known->claimed_at));
    return;
  }
  judgement.claims.push_back({scope, claim});
  if (is_empty) {
    throw Error(Errc::kUpstreamEmpty,
                format("{}: upstream answered without rows, where there must be {}; what is stored "
                       "stays",
                       scope, whole));
  }
  const auto short_by = whole > answered ? whole - answered : 0;
  if (guard.free > 0 || guard.each || whole < kSmallScope || is_short(short_by, whole)) {
    throw Error(Errc::kUpstreamShort,
                format("{}: upstream answered with {} rows, and {} of {} are missing; what is "
                       "stored stays; a sync with force takes the answer",
                       scope, answered, missing, whole));
  }
  judgement.note = format("{}: upstream lacks {} of {} rows, which stay", scope, missing, whole);
  std::erase_if(found.deletes, must_stay);
}

}  // namespace nbasync
