#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/game_id.hpp"
#include "dataset/game_logs_requests.hpp"
#include "dataset/games_of_type.hpp"
#include "dataset/player_game_logs_columns.hpp"
#include "dataset/uncounted.hpp"
#include "dataset/value.hpp"

// What each player did in each game of the season, type by type: one answer each.
namespace nbasync {
namespace player_game_logs {
namespace {

constexpr Table kTable = {"player_game_logs", kColumns, "synced_at", "",
                          "what a player did in a game"};
constexpr const Table* kTables[] = {&kTable};

constexpr std::size_t kWidth = kColumns.size();

// Five a team have to play. Of old games not all lines are known.
constexpr std::int64_t kLinesAGame = 10;
constexpr int kFirstWhole = 1996;

std::vector<Request> requests(const SeasonFacts& facts) {
  std::vector<Request> all;
  for (const auto type : types_to_ask(facts, all_season_types(), kTable.name, kLinesAGame)) {
    all.push_back(game_logs::league_game_log(facts.season, type, "P"));
    all.back().may_fail = is_of_a_few_days(type);
  }
  return all;
}

const std::string& game_of(const Value* row) { return std::get<std::string>(row[0]); }
std::int64_t team_of(const Value* row) {
  return std::get<std::int64_t>(row[position(kColumns, "team_id")]);
}

// What the lines of a game say together.
struct Game {
  std::map<std::int64_t, std::int64_t> points;  // by team
  std::optional<std::int64_t> host;             // by the matchups: at a neutral site nobody
};
using Games = std::unordered_map<std::string_view, Game>;

// The rows must outlive the result.
Games games_of(const Rows& rows) {
  Games games;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const Value* row = &rows.cells[r * kWidth];
    auto& game = games[game_of(row)];
    game.points[team_of(row)] += integer_of(row[position(kColumns, "points")]).value_or(0);
    const auto& matchup = std::get<std::string>(row[position(kColumns, "matchup")]);
    if (matchup.find(" vs. ") != std::string::npos) game.host = team_of(row);
  }
  return games;
}

// The schedule knows who is at home, also at a neutral site.
std::optional<std::int64_t> host_of(const std::string& id, const Game& game,
                                    const SeasonFacts& facts) {
  const auto known = facts.games.find(id);
  const bool is_scheduled = known != facts.games.end() && known->second.is_scheduled;
  return is_scheduled && known->second.home_team ? known->second.home_team : game.host;
}

void derive(Rows& rows, const Games& games, const SeasonFacts& facts) {
  forget_uncounted(rows, start_year(facts));
  forget_unattempted(rows);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    Value* row = &rows.cells[r * kWidth];
    const auto& id = game_of(row);
    const Game& game = games.at(id);
    row[position(kColumns, "season")] = facts.season;
    row[position(kColumns, "game_type")] = text_or_null(std::string(game_type(id)));
    if (const auto host = host_of(id, game, facts)) {
      row[position(kColumns, "is_home")] = std::int64_t{*host == team_of(row)};
    }
    for (const auto& [team, points] : game.points) {
      if (team != team_of(row)) row[position(kColumns, "opponent_team_id")] = team;
    }
  }
}

// Games whose lines add up to what their teams have scored: nobody is missing.
std::unordered_set<std::string> whole_games(const Games& games, const SeasonFacts& facts) {
  std::unordered_set<std::string> whole;
  for (const auto& [id, game] : games) {
    const auto logged = facts.logs.find(std::string(id));
    if (logged != facts.logs.end() && logged->second.points == game.points) whole.emplace(id);
  }
  return whole;
}

// A line may go when the others of its game add up without it.
TableChange change_of(Rows rows, const Games& games, SeasonType type, const SeasonFacts& facts) {
  auto whole = whole_games(games, facts);
  auto change = lines_of_type(kTable, std::move(rows), type, facts, std::move(whole));
  if (!is_of_a_few_days(type)) {
    const auto settled = settled_games(facts, type);
    change.guard->rows = start_year(facts) >= kFirstWhole ? kLinesAGame * settled
                                                          : std::min<std::size_t>(settled, 1);
  }
  return change;
}

Decoded decode(JsonDecoder& json, std::span<const Fetched> answers, const SeasonFacts& facts) {
  Decoded decoded;
  if (answers.empty()) decoded.note = format("no game of {} has begun", facts.season);
  for (const Fetched& answer : answers) {
    const auto type = season_type_named(answer.request.parameter("SeasonType"));
    if (answer.failure) {
      add_note(decoded.note, format("{}: {}", to_string(type), answer.failure->what()));
      continue;
    }
    const auto label = label_of(answer.request);
    Rows rows = read_rows(json, answer.body, label, "LeagueGameLog", kFields, kColumns);
    keep_games_of(type, rows.cells, kWidth, label);
    const auto games = games_of(rows);
    derive(rows, games, facts);
    LineCounts lines;
    for (std::size_t r = 0; r < rows.size(); ++r) ++lines[game_of(&rows.cells[r * kWidth])];
    if (is_closed(facts, type, lines, kLinesAGame)) {
      decoded.checked.push_back(scope_name(kTable.name, facts, type));
    }
    decoded.changes.push_back(change_of(std::move(rows), games, type, facts));
  }
  return decoded;
}

}  // namespace
}  // namespace player_game_logs

const Dataset kPlayerGameLogs = {.name = "player_game_logs",
                                 .tables = player_game_logs::kTables,
                                 .lock = {.timeout = std::chrono::seconds{10}},
                                 .stale_after = std::chrono::hours{24},
                                 .is_of_games = true,
                                 .lines = &player_game_logs::kTable,
                                 .requests = player_game_logs::requests,
                                 .decode = player_game_logs::decode};

}  // namespace nbasync
