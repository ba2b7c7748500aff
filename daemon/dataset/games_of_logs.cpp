#include "dataset/games_of_logs.hpp"

#include <array>
#include <string>
#include <unordered_set>

#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/derive.hpp"
#include "dataset/game_logs_columns.hpp"
#include "dataset/game_story.hpp"
#include "dataset/value.hpp"

namespace nbasync::game_logs {
namespace {

constexpr std::array kGameColumns = {
    Column{"id", Type::kText, true},
    Column{"season", Type::kText, false, OnUpdate::kInsertOnly},
    Column{"game_date", Type::kText, false, OnUpdate::kInsertOnly},
    Column{"home_team_id", Type::kInteger, false, OnUpdate::kInsertOnly},
    Column{"away_team_id", Type::kInteger, false, OnUpdate::kInsertOnly},
    Column{"home_score", Type::kInteger, false, OnUpdate::kKeepIfNull},
    Column{"away_score", Type::kInteger, false, OnUpdate::kKeepIfNull},
    Column{"actual_total_points", Type::kInteger, false, OnUpdate::kKeepIfNull},
    Column{"game_pace", Type::kReal, false, OnUpdate::kKeepIfNull},
    Column{"status"},
    Column{"game_type", Type::kText, false, OnUpdate::kInsertOnly},
};

constexpr std::array kNameColumns = {
    Column{"team_id", Type::kInteger, true},
    Column{"season", Type::kText, true},
    Column{"team_abbreviation"},
};

constexpr std::size_t kScore = position(kColumns, "team_pts");
constexpr std::size_t kTeam = position(kColumns, "team_id");

// Of a game in which nobody says who is at home, the first line stands for the home team, and stays
// it when the answer's order is another one.
bool is_stored_away(const Value* line, const SeasonFacts& facts) {
  const auto game = facts.games.find(std::get<std::string>(line[0]));
  return game != facts.games.end() && game->second.away_team == std::get<std::int64_t>(line[kTeam]);
}

}  // namespace

Rows games_of_logs(const Rows& logs, std::span<const GamePair> pairs, const SeasonFacts& facts,
                   std::vector<Claim>& claims) {
  Rows games{kGameColumns, {}};
  for (const GamePair& pair : pairs) {
    if (!pair.second) continue;
    const Value* first = &logs.cells[pair.first * kWidth];
    const Value* second = &logs.cells[*pair.second * kWidth];
    games.cells.resize(games.cells.size() + kGameColumns.size());
    Value* game = &games.cells[games.cells.size() - kGameColumns.size()];
    game[position(kGameColumns, "id")] = first[position(kColumns, "game_id")];
    game[position(kGameColumns, "season")] = first[position(kColumns, "season")];
    game[position(kGameColumns, "game_date")] = first[position(kColumns, "game_date")];
    game[position(kGameColumns, "game_type")] = first[position(kColumns, "game_type")];
    const Value paces[] = {first[position(kColumns, "pace")], second[position(kColumns, "pace")]};
    game[position(kGameColumns, "game_pace")] = mean(paces, 2);
    const bool first_is_home = pair.home ? *pair.home == pair.first : !is_stored_away(first, facts);
    const Value* home = first_is_home ? first : second;
    const Value* away = first_is_home ? second : first;
    game[position(kGameColumns, "home_team_id")] = home[kTeam];
    game[position(kGameColumns, "away_team_id")] = away[kTeam];
    const bool over = !is_null(first[position(kColumns, "win_loss")]) &&
                      !is_null(second[position(kColumns, "win_loss")]);
    const GameStory said{over ? "final" : "live", integer_of(home[kScore]),
                         integer_of(away[kScore])};
    const auto& id = std::get<std::string>(first[position(kColumns, "game_id")]);
    const auto& date = std::get<std::string>(first[position(kColumns, "game_date")]);
    const auto story = settle(id, Teller::kByLogs, said, date, facts, claims);
    game[position(kGameColumns, "status")] = story.status;
    game[position(kGameColumns, "home_score")] = integer_or_null(story.home_score);
    game[position(kGameColumns, "away_score")] = integer_or_null(story.away_score);
    game[position(kGameColumns, "actual_total_points")] =
        sum(game[position(kGameColumns, "home_score")], game[position(kGameColumns, "away_score")]);
  }
  return games;
}

TableChange abbreviations_of(const Rows& logs) {
  TableChange change{&kStandingsTable, {kNameColumns, {}}, {}, false, false, false};
  std::unordered_set<std::int64_t> named;
  for (std::size_t r = 0; r < logs.size(); ++r) {
    const Value* row = &logs.cells[r * kWidth];
    if (!named.insert(std::get<std::int64_t>(row[kTeam])).second) continue;
    for (const auto column :
         {kTeam, position(kColumns, "season"), position(kColumns, "team_abbreviation")}) {
      change.rows.cells.push_back(row[column]);
    }
  }
  return change;
}

}  // namespace nbasync::game_logs
