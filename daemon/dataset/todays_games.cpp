#include <array>
#include <string>

#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/date.hpp"
#include "dataset/game_id.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/json_fields.hpp"
#include "dataset/row_index.hpp"
#include "dataset/value.hpp"

// The scoreboard of the league's day, live.
namespace nbasync {
namespace {

constexpr std::array kColumns = {
    Column{"game_id", Type::kText, true},
    Column{"game_date"},
    Column{"season"},
    Column{"home_team_id", Type::kInteger},
    Column{"home_team_name"},
    Column{"home_team_score", Type::kInteger},
    Column{"away_team_id", Type::kInteger},
    Column{"away_team_name"},
    Column{"away_team_score", Type::kInteger},
    Column{"game_status_text", Type::kText, false, OnUpdate::kReplace, Feed::kClockText},
    Column{"game_status_code", Type::kInteger},
    Column{"period", Type::kInteger, false, OnUpdate::kReplace, Feed::kClock},
    Column{"game_clock", Type::kText, false, OnUpdate::kReplace, Feed::kClock},
    Column{"game_time_utc"},
    Column{"game_type"},
};

// Games of other leagues, which a predecessor stored, are not ours.
constexpr Table kTable = {"todays_games", kColumns, "game_date = $1 AND game_id LIKE '00%'",
                          "synced_at", ""};
constexpr const Table* kTables[] = {&kTable};

constexpr int kDaysKept = 7;
constexpr const char* kEndpoint = "todaysScoreboard_00";

std::vector<Request> requests(const std::string&) {
  return {{Host::kCdn, "liveData/scoreboard/todaysScoreboard_00.json", {}}};
}

Value whole(std::optional<std::int64_t> number) { return number ? Value(*number) : Value(); }

Value team_of(const JsonFields& team) {
  const auto id = team.integer("teamId");
  return id == 0 ? Value() : whole(id);
}

Value words(std::optional<std::string_view> text) {
  return text ? Value(std::string(*text)) : Value();
}

void read_game(const JsonFields& game, const std::string& id, const std::string& date, Value* row) {
  const JsonFields home = game.object("homeTeam");
  const JsonFields away = game.object("awayTeam");
  const auto status = game.integer("gameStatus");
  if (!status || *status < 1 || *status > 3) game.malformed("gameStatus is none of 1, 2, 3");
  row[position(kColumns, "game_id")] = id;
  row[position(kColumns, "game_date")] = date;
  row[position(kColumns, "season")] = season_of_game(id);
  row[position(kColumns, "home_team_id")] = team_of(home);
  row[position(kColumns, "home_team_name")] = words(home.text("teamTricode"));
  row[position(kColumns, "home_team_score")] = whole(home.integer("score"));
  row[position(kColumns, "away_team_id")] = team_of(away);
  row[position(kColumns, "away_team_name")] = words(away.text("teamTricode"));
  row[position(kColumns, "away_team_score")] = whole(away.integer("score"));
  row[position(kColumns, "game_status_text")] = words(game.text("gameStatusText"));
  row[position(kColumns, "game_status_code")] = *status;
  row[position(kColumns, "period")] = whole(game.integer("period"));
  row[position(kColumns, "game_clock")] = words(game.text("gameClock"));
  row[position(kColumns, "game_time_utc")] = words(game.text("gameTimeUTC"));
  row[position(kColumns, "game_type")] = text_or_null(std::string(game_type(id)));
}

Decoded decode(JsonDecoder& json, std::span<const std::string> bodies, const DecodeContext&) {
  const JsonFields root(json.parse(bodies[0], kEndpoint), kEndpoint);
  const JsonFields board = root.object("scoreboard");
  const std::string date(board.text("gameDate").value_or(""));
  if (!parse_date(date)) board.malformed("gameDate is not of the form YYYY-MM-DD");

  Rows rows{kColumns, {}};
  for (const auto element : board.array("games")) {
    const JsonFields anonymous(element, format("{} {}", kEndpoint, date));
    const std::string id(anonymous.text("gameId").value_or(""));
    if (!is_game_id(id))
      anonymous.malformed(format("a game has no usable gameId: '{}'", excerpt(id)));
    if (!is_nba_game(id)) continue;
    rows.cells.resize(rows.cells.size() + kColumns.size());
    Value* row = &rows.cells[rows.cells.size() - kColumns.size()];
    read_game({element, format("{} game {}", kEndpoint, id)}, id, date, row);
  }
  require_unique(rows, kEndpoint);
  return {{{&kTable, std::move(rows), date}},
          {{&kTable, "game_date < $1 AND game_id LIKE '00%'", days_before(date, kDaysKept)}},
          {}};
}

}  // namespace

const Dataset kTodaysGames = {.name = "todays_games",
                              .tables = kTables,
                              .lock = {.timeout = std::chrono::seconds{5}},
                              .stale_after = std::chrono::hours{1},
                              .moves_games = true,
                              .may_be_live = true,
                              .requests = requests,
                              .decode = decode};

}  // namespace nbasync
