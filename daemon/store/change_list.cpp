#include "store/change_list.hpp"

#include <utility>

#include "base/format.hpp"
#include "db/json_text.hpp"
#include "db/table_sql.hpp"

namespace nbasync {
namespace {

std::string json_of(const Value& value) {
  std::string json;
  append_json_value(json, value);
  return json;
}

std::string object_of(const std::map<std::string_view, std::string>& cells) {
  std::string json = "{";
  for (const auto& [column, cell] : cells) {
    if (json.size() > 1) json += ',';
    append_json_string(json, column);
    json += ':';
    json += cell;
  }
  return json + '}';
}

std::vector<Value> key_of(const Rows& rows, std::size_t row) {
  std::vector<Value> key;
  for (std::size_t c = 0; c < rows.columns.size(); ++c) {
    if (rows.columns[c].key) key.push_back(rows.cells[row * rows.columns.size() + c]);
  }
  return key;
}

}  // namespace

// Null once the list is full: then only the counts tell.
ChangeList::Entry* ChangeList::entry_of(const TableChange& change, const std::vector<Value>& key) {
  std::map<std::string_view, std::string> cells;
  std::size_t part = 0;
  for (const auto name : table_sql::key_names(change.rows.columns)) {
    cells.emplace(name, json_of(key[part++]));
  }
  auto text = object_of(cells);
  const auto id = format("{} {}", change.table->name, text);
  const auto known = places_.find(id);
  if (known != places_.end()) return &entries_[known->second];
  if (entries_.size() >= kMostRows || bytes_ >= kMostBytes) {
    truncated_ = true;
    return nullptr;
  }
  places_.emplace(id, entries_.size());
  return &entries_.emplace_back(Entry{change.table->name, std::move(text), Cells(), Cells()});
}

void ChangeList::add(const TableChange& change, const Difference& difference) {
  const auto& columns = change.rows.columns;
  const auto cell = [&](std::size_t row, std::size_t c) {
    auto json = json_of(change.rows.cells[row * columns.size() + c]);
    bytes_ += columns[c].name.size() + json.size();
    return json;
  };
  for (const auto& gone : difference.deletes) {
    auto* entry = entry_of(change, gone.key);
    if (entry == nullptr) continue;
    entry->fresh.reset();
    std::size_t before = 0;
    for (const Column& column : columns) {
      if (!table_sql::is_compared(column)) continue;
      auto json = json_of(gone.before[before++]);
      bytes_ += column.name.size() + json.size();
      if (entry->old) entry->old->try_emplace(column.name, std::move(json));
    }
  }
  for (const auto& update : difference.updates) {
    auto* entry = entry_of(change, key_of(change.rows, update.row));
    if (entry == nullptr) continue;
    for (std::size_t i = 0; i < update.columns.size(); ++i) {
      const auto name = columns[update.columns[i]].name;
      if (entry->old) entry->old->try_emplace(name, json_of(update.before[i]));
      if (entry->fresh) (*entry->fresh)[name] = cell(update.row, update.columns[i]);
    }
  }
  for (const auto row : difference.inserts) {
    auto* entry = entry_of(change, key_of(change.rows, row));
    if (entry == nullptr) continue;
    const bool was_there = !entry->fresh;  // an earlier step took it away
    if (!was_there) entry->old.reset();
    entry->fresh.emplace();
    for (std::size_t c = 0; c < columns.size(); ++c)
      (*entry->fresh)[columns[c].name] = cell(row, c);
  }
}

RowChanges ChangeList::rows() const {
  RowChanges result;
  result.truncated = truncated_;
  for (const auto& entry : entries_) {
    if (!entry.old && !entry.fresh) continue;  // made and taken away
    Cells old = entry.old.value_or(Cells());
    Cells fresh = entry.fresh.value_or(Cells());
    const bool updates = entry.old && entry.fresh;
    if (updates) {  // only what differs in the end
      std::erase_if(fresh, [&](const auto& cell) {
        const auto before = old.find(cell.first);
        return before == old.end() || before->second == cell.second;
      });
      std::erase_if(old, [&](const auto& cell) { return !fresh.contains(cell.first); });
      if (fresh.empty()) continue;
    }
    if (result.count++ > 0) result.rows += ',';
    result.rows += format("{{\"table\":\"{}\",\"op\":\"{}\",\"key\":{}", entry.table,
                          updates     ? "update"
                          : entry.old ? "delete"
                                      : "insert",
                          entry.key);
    if (entry.old) result.rows += ",\"old\":" + object_of(old);
    if (entry.fresh) result.rows += ",\"new\":" + object_of(fresh);
    result.rows += '}';
  }
  return result;
}

}  // namespace nbasync
