#include "outlet/hook_call.hpp"

#include <algorithm>
#include <iterator>

#include "base/format.hpp"

namespace nbasync {
namespace {

using protocol::HookCall;
using protocol::HookTable;

void add(std::vector<HookTable>& tables, const HookTable& change) {
  const auto known = std::ranges::find(tables, change.table, &HookTable::table);
  if (known == tables.end()) {
    tables.push_back(change);
    return;
  }
  known->first_seq = std::min(known->first_seq, change.first_seq);
  known->last_seq = std::max(known->last_seq, change.last_seq);
  known->inserted += change.inserted;
  known->updated += change.updated;
  known->deleted += change.deleted;
  known->corrections += change.corrections;
}

void set_range(HookCall& call) {
  const auto& tables = call.changes;
  call.since = std::ranges::min(tables, {}, &HookTable::first_seq).first_seq - 1;
  call.last_seq = std::ranges::max(tables, {}, &HookTable::last_seq).last_seq;
  call.corrections = 0;
  for (const auto& table : tables) call.corrections += table.corrections;
  call.path = format("/api/v1/changes?since={}", call.since);
}

}  // namespace

bool fires(const HookOptions& hook, const std::vector<DataChange>& changes) {
  if (hook.on.empty()) return !changes.empty();
  return std::ranges::any_of(hook.on, [&](const std::string& word) {
    return std::ranges::any_of(changes, [&](const DataChange& change) {
      return word == HookOptions::kCorrections ? change.corrections > 0 : change.dataset == word;
    });
  });
}

HookCall make_call(const std::string& hook, const RunRecord& run,
                   const std::vector<DataChange>& changes) {
  HookCall call{.hook = hook,
                .runs = {{run.run_id, run.sync_type, run.season, run.status, run.completed_at}},
                .run_count = 1,
                .changes = {},
                .path = {}};
  for (const auto& each : changes) {
    add(call.changes, {each.table, each.first_seq, each.last_seq, each.inserted, each.updated,
                       each.deleted, each.corrections});
  }
  set_range(call);
  return call;
}

HookCall merged(HookCall earlier, const HookCall& later) {
  if (earlier.run_count == 0) return later;
  if (later.run_count == 0) return earlier;
  auto& runs = earlier.runs;
  runs.insert(runs.end(), later.runs.begin(), later.runs.end());
  if (runs.size() > kRunsOfACall) {
    runs.erase(runs.begin(), runs.end() - static_cast<std::ptrdiff_t>(kRunsOfACall));
  }
  earlier.run_count += later.run_count;
  for (const auto& table : later.changes) add(earlier.changes, table);
  set_range(earlier);
  return earlier;
}

}  // namespace nbasync
