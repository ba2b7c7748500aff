#include "check/stored_season.hpp"

#include <algorithm>
#include <chrono>

#include "base/format.hpp"
#include "dataset/game_id.hpp"
#include "dataset/played.hpp"
#include "store/stored_games.hpp"

namespace nbasync {
void read_stored(Connection& connection, StoredSeason& stored, const std::stop_token& stop) {
  const Value season[] = {stored.season};
  read_games(connection, stored.season, stop, [&](const std::string& id, StoredGame game) {
    stored.games.emplace(id, std::move(game));
  });
  connection.each(
      "SELECT l.game_id, l.team_id, l.opponent_team_id, l.team_pts, l.opp_pts, "
      "coalesce(l.win_loss, ''), l.is_home, g.id IS NOT NULL, coalesce(l.team_abbreviation, '') "
      "FROM team_game_logs l LEFT JOIN games g ON g.id = l.game_id "
      "WHERE l.season = $1 AND l.game_id LIKE '00%'",
      season,
      [&](const Row& row) {
        const auto team = to_integer(row[1]);
        StoredLine line{team,
                        to_maybe_integer(row[2]),
                        to_maybe_integer(row[3]),
                        to_maybe_integer(row[4]),
                        to_text(row[5]),
                        std::nullopt,
                        to_integer(row[7]) != 0};
        if (const auto home = to_maybe_integer(row[6])) line.is_home = *home != 0;
        const auto id = to_text(row[0]);
        if (is_game_id(id)) stored.lines[id].push_back(std::move(line));
        if (auto name = to_text(row[8]); !name.empty()) stored.names[team] = std::move(name);
      },
      stop);
  // Added up here: for sums by a key that no index has the engine would sort all lines.
  connection.each(
      "SELECT game_id, team_id, points FROM player_game_logs WHERE season = $1 AND game_id LIKE "
      "'00%'",
      season,
      [&](const Row& row) {
        stored.player_points[{to_text(row[0]), to_integer(row[1])}] += to_integer(row[2]);
      },
      stop);
  connection.each(
      "SELECT team_id, wins, losses FROM standings WHERE season = $1", season,
      [&](const Row& row) {
        stored.standings[to_integer(row[0])] = {std::nullopt, to_maybe_integer(row[1]),
                                                to_maybe_integer(row[2])};
      },
      stop);
  connection.each(
      "SELECT team_id, split_type, games_played, wins, losses FROM team_season_stats "
      "WHERE season = $1",
      season,
      [&](const Row& row) {
        stored.season_stats[{to_integer(row[0]), to_text(row[1])}] = {
            to_maybe_integer(row[2]), to_maybe_integer(row[3]), to_maybe_integer(row[4])};
      },
      stop);
}

bool is_synced(const StoredSeason& stored, std::string_view id) {
  const auto type = season_type_of(id);
  return type && std::ranges::find(stored.types, *type) != stored.types.end();
}

bool has_just_played(const StoredSeason& stored, std::int64_t team, std::chrono::hours ago) {
  return std::ranges::any_of(stored.games, [&](const auto& each) {
    const StoredGame& game = each.second;
    if (game.home_team != team && game.away_team != team) return false;
    return is_just_over(began(game), ago, stored.now);
  });
}

std::string sync_again(const StoredSeason& stored, std::string_view sync_type) {
  return format("nbasyncctl sync {} --season {}", sync_type, stored.season);
}

std::string name_of(const StoredSeason& stored, std::int64_t team) {
  const auto known = stored.names.find(team);
  return known == stored.names.end() ? format("{}", team) : known->second;
}

}  // namespace nbasync
