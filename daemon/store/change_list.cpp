#include "store/change_list.hpp"

#include <utility>

#include "base/format.hpp"

namespace nbasync {

// Null once the list is full: then only the counts tell.
ChangeList::Entry* ChangeList::entry_of(const TableChange& change, const RowChange& row) {
  auto key = json_object(row.key);
  const auto id = format("{} {}", change.table->name, key);
  const auto known = places_.find(id);
  if (known != places_.end()) return &entries_[known->second];
  if (entries_.size() >= kMostRows || bytes_ >= kMostBytes) {
    truncated_ = true;
    return nullptr;
  }
  for (const auto* cells : {&row.before, &row.after}) {
    for (const auto& [name, json] : *cells) bytes_ += name.size() + json.size();
  }
  places_.emplace(id, entries_.size());
  return &entries_.emplace_back(Entry{change.table->name, std::move(key), Cells(), Cells()});
}

void ChangeList::add(const TableChange& change, const Difference& difference) {
  for (const auto& gone : difference.deletes) add(change, row_deleted(change, gone));
  for (const auto& update : difference.updates) {
    add(change, row_updated(change, difference, update));
  }
  for (const auto row : difference.inserts) add(change, row_inserted(change, difference, row));
}

void ChangeList::add(const TableChange& change, RowChange&& row) {
  auto* entry = entry_of(change, row);
  if (entry == nullptr) return;
  // An earlier step may have made it, or taken it away.
  if (row.kind == ChangeKind::kInsert && entry->fresh) entry->old.reset();
  if (row.kind == ChangeKind::kDelete) entry->fresh.reset();
  if (row.kind == ChangeKind::kInsert) entry->fresh.emplace();
  for (auto& [column, json] : row.before) {
    if (entry->old) entry->old->try_emplace(column, std::move(json));
  }
  for (auto& [column, json] : row.after) {
    if (entry->fresh) (*entry->fresh)[column] = std::move(json);
  }
}

RowChanges ChangeList::rows() const {
  RowChanges result;
  result.truncated = truncated_;
  for (const auto& entry : entries_) {
    if (!entry.old && !entry.fresh) continue;  // made and taken away
    Cells old = entry.old.value_or(Cells());
    Cells fresh = entry.fresh.value_or(Cells());
    const auto kind = !entry.old     ? ChangeKind::kInsert
                      : !entry.fresh ? ChangeKind::kDelete
                                     : ChangeKind::kUpdate;
    if (kind == ChangeKind::kUpdate) {  // only what differs in the end
      std::erase_if(fresh, [&](const auto& cell) {
        const auto before = old.find(cell.first);
        return before == old.end() || before->second == cell.second;
      });
      std::erase_if(old, [&](const auto& cell) { return !fresh.contains(cell.first); });
      if (fresh.empty()) continue;
    }
    if (result.count++ > 0) result.rows += ',';
    result.rows += format("{{\"table\":\"{}\",\"op\":\"{}\",\"key\":{}", entry.table,
                          to_string(kind), entry.key);
    if (entry.old) result.rows += ",\"old\":" + json_object(old);
    if (entry.fresh) result.rows += ",\"new\":" + json_object(fresh);
    result.rows += '}';
  }
  return result;
}

}  // namespace nbasync
