#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/dataset.hpp"

namespace nbasync {

extern const Dataset kTeams;
extern const Dataset kSchedule;
extern const Dataset kSeasonStats;
extern const Dataset kGameLogs;
extern const Dataset kTodaysGames;
extern const Dataset kPlayers;
extern const Dataset kPlayerGameLogs;
extern const Dataset kPlayerSeasonStats;

// All datasets, in the order in which `full` runs them.
inline constexpr const Dataset* kCatalog[] = {&kTeams,          &kSchedule,         &kSeasonStats,
                                              &kGameLogs,       &kTodaysGames,      &kPlayers,
                                              &kPlayerGameLogs, &kPlayerSeasonStats};

inline constexpr LockWait kFullLock = {std::chrono::seconds{300}, false};

// Of more than one dataset.
extern const Table kGamesTable;
extern const Table kStandingsTable;
extern const Table kTodaysGamesTable;

inline std::span<const Dataset* const> catalog() { return kCatalog; }

// The column that names a row's game; empty for a table without games.
std::string_view game_column(const Table& table);

// The dataset of this sync type; null if there is none.
const Dataset* find_dataset(std::string_view name);

// All tables that datasets write, each once.
std::span<const Table* const> tables();

// What can be synced: each dataset, and `full`.
std::vector<std::string_view> sync_types();

// What a sync of this type may run, in order; empty if there is no such type. Of a full sync,
// sync.full says which.
std::vector<const Dataset*> datasets_of(std::string_view sync_type);

// Those that a full sync does where nobody has said which.
std::vector<std::string> default_full();

// True if a sync of this type may change which games are on, and when.
bool moves_games(std::string_view sync_type);

// By sync type, all of them.
std::map<std::string, LockWait, std::less<>> default_locks();

// By dataset, all of them: after that long without a success it is stale.
std::map<std::string, Duration, std::less<>> default_freshness();

}  // namespace nbasync
