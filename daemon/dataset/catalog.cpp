#include "dataset/catalog.hpp"

#include <algorithm>

#include "model/sync_wish.hpp"

namespace nbasync {

const Dataset* find_dataset(std::string_view name) {
  const auto* const found = std::ranges::find(kCatalog, name, &Dataset::name);
  return found == std::end(kCatalog) ? nullptr : *found;
}

std::string_view game_column(const Table& table) {
  if (table.name == kGamesTable.name) return "id";
  const std::string_view name = "game_id";
  return std::ranges::find(table.columns, name, &Column::name) == table.columns.end() ? "" : name;
}

std::span<const Table* const> tables() {
  static const auto all = [] {
    std::vector<const Table*> each;
    for (const Dataset* dataset : kCatalog) {
      for (const Table* table : dataset->tables) {
        if (std::ranges::find(each, table) == each.end()) each.push_back(table);
      }
    }
    return each;
  }();
  return all;
}

std::vector<std::string_view> sync_types() {
  std::vector<std::string_view> types;
  for (const Dataset* dataset : kCatalog) types.push_back(dataset->name);
  types.emplace_back(kFullSync);
  return types;
}

std::vector<std::string> default_full() {
  std::vector<std::string> names;
  for (const Dataset* dataset : kCatalog) {
    if (dataset->in_full) names.emplace_back(dataset->name);
  }
  return names;
}

std::vector<const Dataset*> datasets_of(std::string_view sync_type) {
  std::vector<const Dataset*> datasets;
  std::ranges::copy_if(kCatalog, std::back_inserter(datasets), [sync_type](const Dataset* each) {
    return sync_type == kFullSync || sync_type == each->name;
  });
  return datasets;
}

bool moves_games(std::string_view sync_type) {
  return std::ranges::any_of(datasets_of(sync_type), &Dataset::moves_games);
}

std::map<std::string, LockWait, std::less<>> default_locks() {
  std::map<std::string, LockWait, std::less<>> locks{{kFullSync, kFullLock}};
  for (const Dataset* dataset : kCatalog) locks.emplace(dataset->name, dataset->lock);
  return locks;
}

std::map<std::string, Duration, std::less<>> default_freshness() {
  std::map<std::string, Duration, std::less<>> ages;
  for (const Dataset* dataset : kCatalog) ages.emplace(dataset->name, dataset->stale_after);
  return ages;
}

}  // namespace nbasync
