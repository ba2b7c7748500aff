#include <array>
#include <string>

#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/date.hpp"
#include "dataset/derive.hpp"
#include "dataset/game_id.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/json_fields.hpp"
#include "dataset/row_index.hpp"
#include "dataset/value.hpp"

// The games of a season, from the CDN's schedule.
namespace nbasync {
namespace {

constexpr const Table* kTables[] = {&kGamesTable};

// Scores come from game_logs too, and earlier: a schedule without them must not erase them.
constexpr std::array kColumns = {
    Column{"id", Type::kText, true},
    Column{"season"},
    Column{"game_date"},
    Column{"game_time_utc"},
    Column{"home_team_id", Type::kInteger},
    Column{"away_team_id", Type::kInteger},
    Column{"home_score", Type::kInteger, false, OnUpdate::kKeepIfNull},
    Column{"away_score", Type::kInteger, false, OnUpdate::kKeepIfNull},
    Column{"actual_total_points", Type::kInteger, false, OnUpdate::kKeepIfNull},
    Column{"status"},
    Column{"game_type"},
    Column{"is_neutral", Type::kInteger},
    Column{"label"},
    Column{"arena"},
};

constexpr const char* kEndpoint = "scheduleLeagueV2";

std::vector<Request> requests(const std::string&) {
  return {{Host::kCdn, "staticData/scheduleLeagueV2.json", {}}};
}

// A postponed game keeps the status code of a scheduled one; only its text tells.
const char* status_of(const JsonFields& game) {
  const auto code = game.integer("gameStatus");
  const auto text = game.text("gameStatusText").value_or("");
  if (code == 1) {
    return text.starts_with("PPD") || text.starts_with("Postponed") ? "postponed" : "scheduled";
  }
  if (code == 2) return "live";
  if (code == 3) return "final";
  game.malformed("gameStatus is none of 1, 2, 3");
}

// A game whose time is not set stands at midnight, Eastern time: no time is more honest.
Value time_of(const JsonFields& game) {
  if (game.text("gameStatusText") == "TBD") return {};
  return text_or_null(std::string(game.text("gameDateTimeUTC").value_or("")));
}

// Undecided teams have the id 0.
Value team_of(const JsonFields& team) {
  const auto id = team.integer("teamId");
  if (!id || *id == 0) return {};
  return *id;
}

Value score_of(const JsonFields& team) {
  if (const auto score = team.integer("score")) return *score;
  return {};
}

Value label_of_game(const JsonFields& game) {
  const auto label = game.text("gameLabel").value_or("");
  const auto detail = game.text("gameSubLabel").value_or("");
  const bool both = !label.empty() && !detail.empty();
  return text_or_null(format("{}{}{}", label, both ? " - " : "", detail));
}

void read_game(const JsonFields& game, const std::string& id, const std::string& date,
               const std::string& season, Value* row) {
  const JsonFields home = game.object("homeTeam");
  const JsonFields away = game.object("awayTeam");
  const std::string_view status = status_of(game);
  row[position(kColumns, "id")] = id;
  row[position(kColumns, "season")] = season;
  row[position(kColumns, "game_date")] = date;
  row[position(kColumns, "game_time_utc")] = time_of(game);
  row[position(kColumns, "home_team_id")] = team_of(home);
  row[position(kColumns, "away_team_id")] = team_of(away);
  if (status == "live" || status == "final") {
    Value& home_score = row[position(kColumns, "home_score")] = score_of(home);
    Value& away_score = row[position(kColumns, "away_score")] = score_of(away);
    row[position(kColumns, "actual_total_points")] = sum(home_score, away_score);
  }
  row[position(kColumns, "status")] = std::string(status);
  row[position(kColumns, "game_type")] = text_or_null(std::string(game_type(id)));
  if (const auto neutral = game.flag("isNeutral")) {
    row[position(kColumns, "is_neutral")] = std::int64_t{*neutral};
  }
  row[position(kColumns, "label")] = label_of_game(game);
  row[position(kColumns, "arena")] = text_or_null(std::string(game.text("arenaName").value_or("")));
}

Rows read_games(const JsonFields& schedule, const std::string& season) {
  Rows rows{kColumns, {}};
  for (const auto entry : schedule.array("gameDates")) {
    const JsonFields day(entry, format("{} gameDates", kEndpoint));
    const auto date = date_of_us_form(day.text("gameDate").value_or(""));
    if (!date) day.malformed("gameDate is not of the form MM/DD/YYYY");
    for (const auto element : day.array("games")) {
      const JsonFields anonymous(element, format("{} {}", kEndpoint, *date));
      const std::string id(anonymous.text("gameId").value_or(""));
      if (!is_game_id(id))
        anonymous.malformed(format("a game has no usable gameId: '{}'", excerpt(id)));
      if (!is_nba_game(id)) continue;
      rows.cells.resize(rows.cells.size() + kColumns.size());
      Value* row = &rows.cells[rows.cells.size() - kColumns.size()];
      read_game({element, format("{} game {}", kEndpoint, id)}, id, *date, season, row);
    }
  }
  return rows;
}

Decoded decode(JsonDecoder& json, std::span<const std::string> bodies,
               const DecodeContext& context) {
  const JsonFields root(json.parse(bodies[0], kEndpoint), kEndpoint);
  const JsonFields schedule = root.object("leagueSchedule");
  const auto season = schedule.text("seasonYear");
  if (!season) schedule.malformed("seasonYear is missing; upstream may have renamed it");
  if (*season != context.season) {
    return {{},
            {},
            format("upstream publishes the schedule of {}; games of {} come with game_logs",
                   excerpt(*season), context.season)};
  }
  Rows rows = read_games(schedule, context.season);
  require_unique(rows, kEndpoint);
  return {{{&kGamesTable, std::move(rows), context.season}}, {}, {}};
}

}  // namespace

const Dataset kSchedule = {.name = "schedule",
                           .tables = kTables,
                           .lock = {.timeout = std::chrono::seconds{10}},
                           .stale_after = std::chrono::hours{48},
                           .moves_games = true,
                           .requests = requests,
                           .decode = decode};

}  // namespace nbasync
