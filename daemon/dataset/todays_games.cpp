#include <array>
#include <functional>
#include <iterator>
#include <set>
#include <string>

#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/date.hpp"
#include "dataset/derive.hpp"
#include "dataset/game_entries.hpp"
#include "dataset/game_id.hpp"
#include "dataset/game_story.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/json_fields.hpp"
#include "dataset/row_index.hpp"
#include "dataset/value.hpp"

// The scoreboard of the league's day, live.
namespace nbasync {
namespace todays_games {
namespace {

constexpr std::array kColumns = {
    Column{"game_id", Type::kText, true}.says("the game, of games.id", "id", "scoreboard gameId"),
    Column{"game_date"}.says("the league's day that the scoreboard is of", "date",
                             "scoreboard gameDate"),
    Column{"season"}.says("the season, like 2025-26", "season",
                          "digits four and five of the game's id"),
    Column{"home_team_id", Type::kInteger}.says("the team at home; NULL while that is open", "id",
                                                "scoreboard homeTeam.teamId"),
    Column{"home_team_name"}.says("that team's code of three letters", "text",
                                  "scoreboard homeTeam.teamTricode"),
    Column{"home_team_score", Type::kInteger}.says("points of the home team so far", "points",
                                                   "scoreboard homeTeam.score"),
    Column{"away_team_id", Type::kInteger}.says("the other team; NULL while that is open", "id",
                                                "scoreboard awayTeam.teamId"),
    Column{"away_team_name"}.says("that team's code of three letters", "text",
                                  "scoreboard awayTeam.teamTricode"),
    Column{"away_team_score", Type::kInteger}.says("points of the away team so far", "points",
                                                   "scoreboard awayTeam.score"),
    Column{"game_status_text", Type::kText, false, OnUpdate::kReplace, Feed::kClockText}.says(
        "how the game stands in words: 7:30 pm ET, Q3 4:10, Final", "text",
        "scoreboard gameStatusText"),
    Column{"game_status_code", Type::kInteger}.says(
        "how the game stands: 1 to come, 2 live, 3 over", "code", "scoreboard gameStatus"),
    Column{"period", Type::kInteger, false, OnUpdate::kReplace, Feed::kClock}.says(
        "the period that is played, 5 and more of overtime", "count", "scoreboard period"),
    Column{"game_clock", Type::kText, false, OnUpdate::kReplace, Feed::kClock}.says(
        "what is left of the period, like PT04M10.00S", "ISO 8601 duration",
        "scoreboard gameClock"),
    Column{"game_time_utc"}.says("when the game begins", "UTC time", "scoreboard gameTimeUTC"),
    Column{"game_type"}.says("part of the season, as games.game_type", "word",
                             "the third digit of the game's id"),
};

constexpr const Table* kTables[] = {&kTodaysGamesTable, &kGamesTable};

// Of `games`, what the scoreboard knows.
constexpr std::array kGameColumns = {
    Column{"id", Type::kText, true},
    Column{"season", Type::kText, false, OnUpdate::kInsertOnly},
    Column{"game_date", Type::kText, false, OnUpdate::kInsertOnly},
    Column{"game_time_utc", Type::kText, false, OnUpdate::kInsertOnly},
    Column{"home_team_id", Type::kInteger, false, OnUpdate::kInsertOnly},
    Column{"away_team_id", Type::kInteger, false, OnUpdate::kInsertOnly},
    Column{"home_score", Type::kInteger},
    Column{"away_score", Type::kInteger},
    Column{"actual_total_points", Type::kInteger},
    Column{"status"},
    Column{"game_type", Type::kText, false, OnUpdate::kInsertOnly},
};

constexpr int kDaysKept = 7;
constexpr std::size_t kDaysAskedBack = 2;
// Until then, in UTC, games of the day before may go on.
constexpr std::chrono::hours kLeaguesMidnight{10};
constexpr const char* kEndpoint = "todaysScoreboard_00";

// Past days, the latest first, of which games stand unfinished.
std::vector<std::string> open_days(const SeasonFacts& facts) {
  std::set<std::string, std::greater<>> days;
  const auto today = day_of(facts.now - kLeaguesMidnight);
  for (const auto& [id, game] : facts.board) {
    const auto status = read_status(game.code, game.text);
    if (game.date < today && (status == "live" || status == "scheduled")) days.insert(game.date);
  }
  std::vector<std::string> latest(days.begin(), days.end());
  if (latest.size() > kDaysAskedBack) latest.resize(kDaysAskedBack);
  return latest;
}

std::vector<Request> requests(const SeasonFacts&) {
  return {{Host::kCdn, "liveData/scoreboard/todaysScoreboard_00.json", {}}};
}

// Days of which the scoreboard has gone on while games stood unfinished.
std::vector<Request> more_requests(JsonDecoder& json, std::span<const Fetched> answers,
                                   const SeasonFacts& facts) {
  const JsonFields root(json.parse(answers[0].body, kEndpoint), kEndpoint);
  const std::string shown(root.object("scoreboard").text("gameDate").value_or(""));
  std::vector<Request> past;
  for (const auto& day : open_days(facts)) {
    if (day == shown) continue;
    past.push_back({Host::kStats, "scoreboardv3", {{"GameDate", day}, {"LeagueID", "00"}}, true});
  }
  return past;
}

Value team_of(const JsonFields& team) {
  const auto id = team.integer("teamId");
  return id == 0 ? Value() : integer_or_null(id);
}

Value words(std::optional<std::string_view> text) {
  return text ? Value(std::string(*text)) : Value();
}

// False if its status is none that is known. `games` gets a row too.
bool read_game(const JsonFields& game, const std::string& id, const std::string& date,
               const SeasonFacts& facts, Decoded& decoded, Value* row, Rows& games) {
  const auto code = game.integer("gameStatus");
  const auto text = game.text("gameStatusText").value_or("");
  const auto status = read_status(code, text);
  if (!status) return false;
  const JsonFields home = game.object("homeTeam");
  const JsonFields away = game.object("awayTeam");
  const auto story = settle(id, Teller::kByBoard,
                            {std::string(*status), home.integer("score"), away.integer("score")},
                            date, facts, decoded.claims);
  const bool overruled = story.status != *status;
  const bool is_final = story.status == "final";
  row[position(kColumns, "game_id")] = id;
  row[position(kColumns, "game_date")] = date;
  row[position(kColumns, "season")] = season_of_game(id);
  row[position(kColumns, "home_team_id")] = team_of(home);
  row[position(kColumns, "home_team_name")] = words(home.text("teamTricode"));
  row[position(kColumns, "home_team_score")] =
      is_final ? integer_or_null(story.home_score) : integer_or_null(home.integer("score"));
  row[position(kColumns, "away_team_id")] = team_of(away);
  row[position(kColumns, "away_team_name")] = words(away.text("teamTricode"));
  row[position(kColumns, "away_team_score")] =
      is_final ? integer_or_null(story.away_score) : integer_or_null(away.integer("score"));
  row[position(kColumns, "game_status_text")] =
      overruled && is_final ? Value(std::string("Final")) : words(text);
  row[position(kColumns, "game_status_code")] = code_of(story.status);
  row[position(kColumns, "period")] = integer_or_null(game.integer("period"));
  row[position(kColumns, "game_clock")] = words(game.text("gameClock"));
  row[position(kColumns, "game_time_utc")] = words(game.text("gameTimeUTC"));
  row[position(kColumns, "game_type")] = text_or_null(std::string(game_type(id)));

  games.cells.resize(games.cells.size() + kGameColumns.size());
  Value* own = &games.cells[games.cells.size() - kGameColumns.size()];
  own[position(kGameColumns, "id")] = id;
  own[position(kGameColumns, "season")] = row[position(kColumns, "season")];
  own[position(kGameColumns, "game_date")] = date;
  own[position(kGameColumns, "game_time_utc")] = row[position(kColumns, "game_time_utc")];
  own[position(kGameColumns, "home_team_id")] = row[position(kColumns, "home_team_id")];
  own[position(kGameColumns, "away_team_id")] = row[position(kColumns, "away_team_id")];
  own[position(kGameColumns, "home_score")] = integer_or_null(story.home_score);
  own[position(kGameColumns, "away_score")] = integer_or_null(story.away_score);
  own[position(kGameColumns, "actual_total_points")] =
      sum(own[position(kGameColumns, "home_score")], own[position(kGameColumns, "away_score")]);
  own[position(kGameColumns, "status")] = story.status;
  own[position(kGameColumns, "game_type")] = row[position(kColumns, "game_type")];
  return true;
}

void read_board(JsonDecoder& json, const Fetched& answer, const SeasonFacts& facts,
                Decoded& decoded) {
  const std::string label(answer.request.endpoint());
  const JsonFields root(json.parse(answer.body, label), label);
  const JsonFields board = root.object("scoreboard");
  const std::string date(board.text("gameDate").value_or(""));
  if (!parse_date(date)) board.malformed("gameDate is not of the form YYYY-MM-DD");
  TableChange change{&kTodaysGamesTable, {kColumns, {}}, {}};
  TableChange games{&kGamesTable, {kGameColumns, {}}, {}, false, false};
  GameEntries entries(label, change);
  entries.each(board.array("games"), date, [&](const JsonFields& game, const std::string& id) {
    std::vector<Value> row(kColumns.size());
    if (!read_game(game, id, date, facts, decoded, row.data(), games.rows)) return false;
    change.rows.cells.insert(change.rows.cells.end(), std::make_move_iterator(row.begin()),
                             std::make_move_iterator(row.end()));
    return true;
  });
  entries.tell(change.rows.size(), decoded.note);
  require_unique(change.rows, label);
  change.scope = {"game_date = $1 AND game_id LIKE '00%'", {date}, format("todays_games {}", date)};
  change.guard.emplace().may_go = [](const SeasonFacts& known, std::span<const Value> key) {
    const auto game = known.board.find(std::get<std::string>(key[0]));
    return game != known.board.end() &&
           read_status(game->second.code, game->second.text) != "final";
  };
  decoded.changes.push_back(std::move(change));
  decoded.changes.push_back(std::move(games));
}

Decoded decode(JsonDecoder& json, std::span<const Fetched> answers, const SeasonFacts& facts) {
  Decoded decoded;
  for (const auto& answer : answers) {
    if (answer.failure) {
      add_note(decoded.note, answer.failure->what());
    } else {
      read_board(json, answer, facts, decoded);
    }
  }
  const auto date = std::get<std::string>(decoded.changes.front().scope.values.front());
  decoded.prunes.push_back(
      {&kTodaysGamesTable,
       {"game_date < $1 AND game_id LIKE '00%'", {days_before(date, kDaysKept)}, "todays_games"}});
  return decoded;
}

}  // namespace
}  // namespace todays_games

const Table kTodaysGamesTable = {
    "todays_games", todays_games::kColumns, "synced_at", "",
    "a game of the league's day or of the week before it, as the scoreboard has it"};

const Dataset kTodaysGames = {.name = "todays_games",
                              .tables = todays_games::kTables,
                              .lock = {.timeout = std::chrono::seconds{5}},
                              .stale_after = std::chrono::hours{1},
                              .moves_games = true,
                              .may_be_live = true,
                              .requests = todays_games::requests,
                              .more_requests = todays_games::more_requests,
                              .decode = todays_games::decode};

}  // namespace nbasync
