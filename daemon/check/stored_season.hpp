#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "dataset/season_facts.hpp"
#include "db/connection.hpp"
#include "model/season_type.hpp"

namespace nbasync {

// A row of team_game_logs.
struct StoredLine {
  std::int64_t team = 0;
  std::optional<std::int64_t> opponent;
  std::optional<std::int64_t> points;
  std::optional<std::int64_t> opponent_points;
  std::string win_loss;  // empty: not known
  std::optional<bool> is_home;
  bool has_game = true;  // `games` has a row of it
};

// Games won and lost, as a table says.
struct StoredRecord {
  std::optional<std::int64_t> games;  // played
  std::optional<std::int64_t> wins;
  std::optional<std::int64_t> losses;
};

// What the tables have of one season, as far as it can be compared; ours alone (ids with 00).
struct StoredSeason {
  std::string season;
  SystemTime now{};
  std::vector<SeasonType> types;  // that are synced

  std::map<std::string, StoredGame> games;
  std::map<std::string, std::vector<StoredLine>> lines;                        // by game
  std::map<std::int64_t, StoredRecord> standings;                              // by team
  std::map<std::pair<std::int64_t, std::string>, StoredRecord> season_stats;   // by team and split
  std::map<std::pair<std::string, std::int64_t>, std::int64_t> player_points;  // by game and team
  std::map<std::int64_t, std::string> names;                                   // abbreviations
};

// Fills in what the tables have of stored.season. Blocking; throws Error(kStorage…), kCancelled.
void read_stored(Connection& connection, StoredSeason& stored, const std::stop_token& stop);

// Whether games of this id's type are synced.
bool is_synced(const StoredSeason& stored, std::string_view id);

// Whether a game of the team has begun so recently that it ended less than `ago` before now.
bool has_just_played(const StoredSeason& stored, std::int64_t team, std::chrono::hours ago);

// The command that syncs a type of this season once more.
std::string sync_again(const StoredSeason& stored, std::string_view sync_type);

// "LAL", or the id where no abbreviation is known.
std::string name_of(const StoredSeason& stored, std::int64_t team);

}  // namespace nbasync
