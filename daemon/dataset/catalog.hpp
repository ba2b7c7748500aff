#pragma once

#include <span>
#include <string_view>

#include "dataset/dataset.hpp"

namespace nbasync {

extern const Dataset kTeams;
extern const Dataset kSchedule;
extern const Dataset kSeasonStats;
extern const Dataset kGameLogs;
extern const Dataset kTodaysGames;

extern const Table kTeamsTable;
extern const Table kGamesTable;
extern const Table kGameLogsTable;
extern const Table kSeasonStatsTable;
extern const Table kLeagueAveragesTable;
extern const Table kTodaysGamesTable;

// All datasets, in the order in which `full` runs them.
std::span<const Dataset* const> catalog();

// The dataset of this sync type; null if there is none.
const Dataset* find_dataset(std::string_view name);

// All tables that datasets write.
std::span<const Table* const> tables();

}  // namespace nbasync
