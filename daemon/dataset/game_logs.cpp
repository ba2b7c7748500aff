#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>
#include <utility>

#include "base/format.hpp"
#include "dataset/board.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/derive.hpp"
#include "dataset/game_id.hpp"
#include "dataset/game_logs_columns.hpp"
#include "dataset/game_logs_lines.hpp"
#include "dataset/game_logs_requests.hpp"
#include "dataset/game_pairs.hpp"
#include "dataset/games_of_logs.hpp"
#include "dataset/games_of_type.hpp"
#include "dataset/value.hpp"

// What each team did in each game of the season, type by type: three answers of the same rows,
// joined, with the other team's figures beside a team's own.
namespace nbasync {
namespace game_logs {
namespace {

constexpr Table kTable = {kTableName, kColumns, "synced_at", "",
                          "what a team did in a game, with the same figures of its opponent"};
constexpr const Table* kTables[] = {&kTable, &kGamesTable, &kStandingsTable, &kTodaysGamesTable};

bool counts_for_rest(std::string_view game) {
  const auto type = season_type_of(game);
  return type && *type != SeasonType::kPreSeason;
}

// The days between a team's games, over all types that count, also those that were not asked for.
void add_rest(std::span<Lines> all, const SeasonFacts& facts) {
  std::vector<TeamDay> days;
  std::vector<Value*> places;
  std::unordered_set<std::string_view> answered;
  for (auto& lines : all) {
    for (std::size_t r = 0; r < lines.rows.size(); ++r) {
      Value* row = &lines.rows.cells[r * kWidth];
      const auto& game = std::get<std::string>(row[0]);
      if (!counts_for_rest(game)) continue;
      answered.insert(game);
      days.push_back({std::get<std::int64_t>(row[position(kColumns, "team_id")]),
                      std::get<std::string>(row[position(kColumns, "game_date")])});
      places.push_back(row);
    }
  }
  for (const auto& [id, game] : facts.games) {
    const bool played = game.status == "final" || game.status == "live";
    if (!played || !counts_for_rest(id) || answered.contains(id)) continue;
    for (const auto& team : {game.home_team, game.away_team}) {
      if (team) days.push_back({*team, game.date});
    }
  }
  const auto rests = rest_days(days);
  for (std::size_t r = 0; r < places.size(); ++r) {
    places[r][position(kColumns, "rest_days")] = rests[r];
    places[r][position(kColumns, "is_back_to_back")] =
        std::int64_t{rests[r] == Value(std::int64_t{1})};
  }
}

// A line may go when the answer has two others of its game.
TableChange change_of(Lines lines, SeasonType type, const SeasonFacts& facts) {
  std::unordered_set<std::string> whole;
  for (const auto& pair : lines.pairs) {
    if (pair.second) whole.insert(game_of(lines.rows, pair));
  }
  auto change = lines_of_type(kTable, std::move(lines.rows), type, facts, std::move(whole));
  change.spared = std::move(lines.spared);
  if (!is_of_a_few_days(type)) change.guard->rows = 2 * settled_games(facts, type);
  return change;
}

Decoded decode(JsonDecoder& json, std::span<const Fetched> answers, const SeasonFacts& facts) {
  Decoded decoded;
  std::vector<SeasonType> types;
  std::vector<Lines> all;
  for (const Group& group : groups(answers)) {
    const auto failed = std::ranges::find_if(
        group.answers, [](const Fetched& answer) { return answer.failure.has_value(); });
    if (failed != group.answers.end()) {
      add_note(decoded.note, format("{}: {}", to_string(group.type), failed->failure->what()));
      continue;
    }
    types.push_back(group.type);
    all.push_back(read_lines(json, group, facts));
    add_note(decoded.note, all.back().note);
  }
  if (answers.empty()) decoded.note = format("no game of {} has begun", facts.season);
  add_rest(all, facts);
  std::vector<TableChange> games;
  for (std::size_t t = 0; t < all.size(); ++t) {
    games.push_back(
        {&kGamesTable,
         games_of_logs(all[t].rows, all[t].pairs, facts, decoded.claims),
         {"season = $1 AND id LIKE '00%'", {facts.season}, format("games {}", facts.season)},
         false,
         false});
    LineCounts lines;
    for (const auto& pair : all[t].pairs) lines[game_of(all[t].rows, pair)] = pair.second ? 2 : 1;
    if (is_closed(facts, types[t], lines))
      decoded.checked.push_back(scope_name(kTableName, facts, types[t]));
    if (types[t] == SeasonType::kRegular) {
      decoded.changes.push_back(abbreviations_of(all[t].rows));
    }
    decoded.changes.push_back(change_of(std::move(all[t]), types[t], facts));
  }
  for (auto& change : games) {
    decoded.changes.push_back(close_board(change.rows, facts));
    decoded.changes.push_back(std::move(change));
  }
  return decoded;
}

}  // namespace
}  // namespace game_logs

const Dataset kGameLogs = {.name = "game_logs",
                           .tables = game_logs::kTables,
                           .lock = {.timeout = std::chrono::seconds{10}},
                           .stale_after = std::chrono::hours{24},
                           .is_of_games = true,
                           .lines = &game_logs::kTable,
                           .moves_games = true,
                           .requests = game_logs::requests,
                           .decode = game_logs::decode};

}  // namespace nbasync
