#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/board.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/date.hpp"
#include "dataset/derive.hpp"
#include "dataset/game_entries.hpp"
#include "dataset/game_id.hpp"
#include "dataset/game_story.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/json_fields.hpp"
#include "dataset/value.hpp"

// The games of a season: of the season in force from the CDN, of others, and when the CDN does not
// have it, from the stats host.
namespace nbasync {
namespace schedule {
namespace {

constexpr const Table* kTables[] = {&kGamesTable, &kTodaysGamesTable};

constexpr std::array kColumns = {
    Column{"id", Type::kText, true},
    Column{"season"},
    Column{"game_date"},
    Column{"game_time_utc"},
    Column{"home_team_id", Type::kInteger},
    Column{"away_team_id", Type::kInteger},
    Column{"home_score", Type::kInteger},
    Column{"away_score", Type::kInteger},
    Column{"actual_total_points", Type::kInteger},
    Column{"status"},
    Column{"game_type"},
    Column{"is_neutral", Type::kInteger},
    Column{"label"},
    Column{"arena"},
};

constexpr const char* kEndpoint = "scheduleLeagueV2";

// It is known to have those since 1997; games of older seasons come with game_logs.
Request of_stats(const SeasonFacts& facts) {
  return {Host::kStats,
          "scheduleleaguev2",
          {{"LeagueID", "00"}, {"Season", facts.season}},
          start_year(facts) < 1997};
}

std::vector<Request> requests(const SeasonFacts& facts) {
  if (!facts.in_force) return {of_stats(facts)};
  return {{Host::kCdn, "staticData/scheduleLeagueV2.json", {}, true}};
}

std::string season_in(const JsonFields& schedule) {
  const auto season = schedule.text("seasonYear");
  if (!season) schedule.malformed("seasonYear is missing; upstream may have renamed it");
  return std::string(*season);
}

// Why the CDN's answer is of no use; empty if it is.
std::string useless(JsonDecoder& json, const Fetched& answer, const SeasonFacts& facts) {
  if (answer.failure) return answer.failure->what();
  const JsonFields root(json.parse(answer.body, kEndpoint), kEndpoint);
  const auto season = season_in(root.object("leagueSchedule"));
  if (season == facts.season) return {};
  return format("the CDN publishes {}", excerpt(season));
}

std::vector<Request> more_requests(JsonDecoder& json, std::span<const Fetched> answers,
                                   const SeasonFacts& facts) {
  if (answers[0].request.host == Host::kStats || useless(json, answers[0], facts).empty())
    return {};
  return {of_stats(facts)};
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

Value label_of_game(const JsonFields& game) {
  const auto label = game.text("gameLabel").value_or("");
  const auto detail = game.text("gameSubLabel").value_or("");
  const bool both = !label.empty() && !detail.empty();
  return text_or_null(format("{}{}{}", label, both ? " - " : "", detail));
}

// What a game's entry says; false if its status is none that is known.
bool read_game(const JsonFields& game, const std::string& id, const std::string& date,
               const SeasonFacts& facts, Decoded& decoded, Value* row) {
  const auto status =
      read_status(game.integer("gameStatus"), game.text("gameStatusText").value_or(""));
  if (!status) return false;
  const JsonFields home = game.object("homeTeam");
  const JsonFields away = game.object("awayTeam");
  row[position(kColumns, "id")] = id;
  row[position(kColumns, "season")] = facts.season;
  row[position(kColumns, "game_date")] = date;
  row[position(kColumns, "game_time_utc")] = time_of(game);
  row[position(kColumns, "home_team_id")] = team_of(home);
  row[position(kColumns, "away_team_id")] = team_of(away);
  const auto story = settle(id, Teller::kBySchedule,
                            {std::string(*status), home.integer("score"), away.integer("score")},
                            date, facts, decoded.claims);
  row[position(kColumns, "home_score")] = integer_or_null(story.home_score);
  row[position(kColumns, "away_score")] = integer_or_null(story.away_score);
  row[position(kColumns, "actual_total_points")] =
      sum(row[position(kColumns, "home_score")], row[position(kColumns, "away_score")]);
  row[position(kColumns, "status")] = story.status;
  row[position(kColumns, "game_type")] = text_or_null(std::string(game_type(id)));
  if (const auto neutral = game.flag("isNeutral")) {
    row[position(kColumns, "is_neutral")] = std::int64_t{*neutral};
  }
  row[position(kColumns, "label")] = label_of_game(game);
  row[position(kColumns, "arena")] = text_or_null(std::string(game.text("arenaName").value_or("")));
  return true;
}

// A game is listed on the day that it was to be, and on the one that it is moved to: the one that
// still stands counts, else the later one.
struct Listing {
  std::string date;
  bool put_off = false;
  std::size_t row = 0;
};

bool replaces(const Listing& later, const Listing& known) {
  if (later.put_off != known.put_off) return !later.put_off;
  return later.date > known.date;
}

TableChange read_games(const JsonFields& schedule, const SeasonFacts& facts, Decoded& decoded) {
  TableChange change{&kGamesTable, {kColumns, {}}, {}};
  std::unordered_map<std::string, Listing> listed;
  GameEntries entries(kEndpoint, change);
  const auto take = [&](std::vector<Value> row, const std::string& id, const std::string& date) {
    auto& cells = change.rows.cells;
    const auto& status = std::get<std::string>(row[position(kColumns, "status")]);
    Listing listing{date, status == "postponed", change.rows.size()};
    const auto [known, is_new] = listed.emplace(id, listing);
    if (is_new) {
      cells.insert(cells.end(), std::make_move_iterator(row.begin()),
                   std::make_move_iterator(row.end()));
    } else if (replaces(listing, known->second)) {
      listing.row = known->second.row;
      std::ranges::move(row,
                        cells.begin() + static_cast<std::ptrdiff_t>(listing.row * kColumns.size()));
      known->second = listing;
    }
  };
  for (const auto entry : schedule.array("gameDates")) {
    const JsonFields day(entry, format("{} gameDates", kEndpoint));
    const auto date = date_of_us_form(day.text("gameDate").value_or(""));
    if (!date) day.malformed("gameDate is not of the form MM/DD/YYYY");
    entries.each(day.array("games"), *date, [&](const JsonFields& game, const std::string& id) {
      std::vector<Value> row(kColumns.size());
      if (!read_game(game, id, *date, facts, decoded, row.data())) return false;
      take(std::move(row), id, *date);
      return true;
    });
  }
  entries.tell(change.rows.size(), decoded.note);
  return change;
}

Decoded decode(JsonDecoder& json, std::span<const Fetched> answers, const SeasonFacts& facts) {
  Decoded decoded;
  const bool by_cdn = answers[0].request.host == Host::kCdn;
  if (by_cdn && answers.size() > 1) {
    add_note(decoded.note,
             format("{}; taken from the stats host", useless(json, answers[0], facts)));
  }
  if (answers.back().failure) {
    decoded.note = format("upstream has no schedule of {}; its games come with game_logs: {}",
                          facts.season, answers.back().failure->what());
    return decoded;
  }
  const JsonFields root(json.parse(answers.back().body, kEndpoint), kEndpoint);
  const JsonFields schedule = root.object("leagueSchedule");
  const auto season = season_in(schedule);
  if (season != facts.season) {
    schedule.malformed(format("it is of {} and not of {}", excerpt(season), facts.season));
  }
  auto change = read_games(schedule, facts, decoded);
  change.scope = {
      "season = $1 AND id LIKE '00%'", {facts.season}, format("games {}", facts.season)};
  // The stats host lists less than the CDN.
  change.complete = by_cdn && answers.size() == 1;
  // Games that have not begun may go without limit.
  change.guard.emplace().may_go = [](const SeasonFacts& known, std::span<const Value> key) {
    const auto game = known.games.find(std::get<std::string>(key[0]));
    return game != known.games.end() && game->second.status != "final" &&
           game->second.status != "live";
  };
  decoded.changes.push_back(close_board(change.rows, facts));
  decoded.changes.insert(decoded.changes.begin(), std::move(change));
  return decoded;
}

}  // namespace
}  // namespace schedule

const Dataset kSchedule = {.name = "schedule",
                           .tables = schedule::kTables,
                           .lock = {.timeout = std::chrono::seconds{10}},
                           .stale_after = std::chrono::hours{48},
                           .tells_games = true,
                           .moves_games = true,
                           .requests = schedule::requests,
                           .more_requests = schedule::more_requests,
                           .decode = schedule::decode};

}  // namespace nbasync
