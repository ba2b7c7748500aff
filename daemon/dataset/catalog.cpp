#include "dataset/catalog.hpp"

namespace nbasync {
namespace {

constexpr const Dataset* kCatalog[] = {&kTeams, &kSchedule, &kSeasonStats, &kGameLogs,
                                       &kTodaysGames};

constexpr const Table* kTables[] = {&kTeamsTable,       &kGamesTable,          &kGameLogsTable,
                                    &kSeasonStatsTable, &kLeagueAveragesTable, &kTodaysGamesTable};

}  // namespace

std::span<const Dataset* const> catalog() { return kCatalog; }

const Dataset* find_dataset(std::string_view name) {
  for (const Dataset* dataset : kCatalog) {
    if (dataset->name == name) return dataset;
  }
  return nullptr;
}

std::span<const Table* const> tables() { return kTables; }

}  // namespace nbasync
