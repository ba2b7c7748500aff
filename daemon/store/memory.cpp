#include "store/memory.hpp"

#include <array>
#include <map>

#include "base/clock.hpp"

namespace nbasync {
namespace {

constexpr std::array kMemoryColumns = {
    Column{"scope", Type::kText, true}, Column{"checked_at"}, Column{"claim"}, Column{"claimed_at"},
    Column{"claims", Type::kInteger},
};

Value time_or_null(const std::optional<SystemTime>& time) {
  return time ? Value(format_utc(*time)) : Value();
}

}  // namespace

const Table kMemoryTable = {"nbasync_scopes", kMemoryColumns, "", ""};

MemoryChange remember(const SeasonFacts& facts, const std::vector<Claim>& claims,
                      const std::vector<std::string>& checked) {
  std::map<std::string, Remembered> changed;
  const auto of = [&](const std::string& scope) -> Remembered& {
    const auto known = facts.remembered.find(scope);
    return changed
        .try_emplace(scope, known == facts.remembered.end() ? Remembered{} : known->second)
        .first->second;
  };
  for (const auto& [about, claim] : claims) {
    auto& scope = of(about);
    if (claim.empty()) {
      const auto checked_at = scope.checked_at;
      scope = Remembered{};
      scope.checked_at = checked_at;
    } else if (scope.claim == claim) {
      ++scope.claims;
    } else {
      scope = {scope.checked_at, claim, facts.now, 1};
    }
  }
  for (const auto& scope : checked) of(scope).checked_at = facts.now;
  MemoryChange change{{kMemoryColumns, {}}, {}, {}};
  for (const auto& [scope, known] : changed) {
    (facts.remembered.contains(scope) ? change.updates : change.inserts)
        .push_back(change.rows.size());
    auto& cells = change.rows.cells;
    cells.insert(cells.end(), {Value(scope), time_or_null(known.checked_at),
                               known.claim.empty() ? Value() : Value(known.claim),
                               time_or_null(known.claimed_at), Value(known.claims)});
  }
  return change;
}

}  // namespace nbasync
