#include <array>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/derive.hpp"
#include "dataset/game_id.hpp"
#include "dataset/game_logs_columns.hpp"
#include "dataset/game_pairs.hpp"
#include "dataset/games_of_logs.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/matchup.hpp"
#include "dataset/row_index.hpp"
#include "dataset/value.hpp"

// What each team did in each game of the season: three answers of the same rows, joined, with the
// other team's figures beside a team's own.
namespace nbasync {
namespace {

using namespace game_logs;

// Of the regular season, which is all that is asked for: games of its other types stay, and so do
// those of other leagues that a predecessor stored among the season's.
constexpr Table kTable = {"team_game_logs", kColumns, "season = $1 AND game_id LIKE '002%'",
                          "synced_at", ""};
constexpr const Table* kTables[] = {&kTable, &kGamesTable};

struct Measure {
  const char* name;
  std::span<const Field> fields;
};
constexpr Measure kMeasures[] = {{"Base", kBase}, {"Advanced", kAdvanced}, {"Misc", kMisc}};

std::vector<Request> requests(const std::string& season) {
  std::vector<Request> all;
  for (const Measure& measure : kMeasures) {
    all.push_back({Host::kStats,
                   "teamgamelogs",
                   {{"DateFrom", ""},
                    {"DateTo", ""},
                    {"GameSegment", ""},
                    {"LastNGames", ""},
                    {"LeagueID", "00"},
                    {"Location", ""},
                    {"MeasureType", measure.name},
                    {"Month", ""},
                    {"Outcome", ""},
                    {"PORound", ""},
                    {"PerMode", "Totals"},
                    {"Period", ""},
                    {"PlayerID", ""},
                    {"Season", season},
                    {"SeasonSegment", ""},
                    {"SeasonType", "Regular Season"},
                    {"ShotClockRange", ""},
                    {"TeamID", ""},
                    {"VsConference", ""},
                    {"VsDivision", ""}}});
  }
  return all;
}

// Other leagues' rows come along when upstream overlooks LeagueID.
void drop_foreign_games(Grid& grid, const std::string& label) {
  Grid kept{grid.width, {}};
  kept.cells.reserve(grid.cells.size());
  for (std::size_t r = 0; r < grid.size(); ++r) {
    const auto& id = std::get<std::string>(grid.row(r)[0]);
    if (!is_game_id(id)) {
      throw Error(Errc::kUpstreamMalformed, format("{}: row {}, column GAME_ID: '{}' is no game id",
                                                   label, r + 1, excerpt(id)));
    }
    if (!is_nba_game(id)) continue;
    const auto cells = std::span(grid.cells).subspan(r * grid.width, grid.width);
    kept.cells.insert(kept.cells.end(), std::make_move_iterator(cells.begin()),
                      std::make_move_iterator(cells.end()));
  }
  grid = std::move(kept);
}

// Copies the figures of this answer to the rows of Base that have the same key.
void join(const Grid& base, const Grid& grid, std::span<const Field> fields, Rows& rows) {
  const auto places = targets(fields, kColumns);
  const RowIndex index(grid.cells, grid.width, {0, 1});
  for (std::size_t r = 0; r < base.size(); ++r) {
    const KeyPart key[] = {key_part(base.row(r)[0]), key_part(base.row(r)[1])};
    if (const auto twin = index.find(key)) {
      copy_cells(grid.row(*twin), places, &rows.cells[r * kWidth]);
    }
  }
}

void derive_own(Value* row, const std::string& season) {
  const auto cell = [row](std::size_t column) -> Value& { return row[column]; };
  cell(position(kColumns, "season")) = season;
  cell(position(kColumns, "game_type")) =
      text_or_null(std::string(game_type(std::get<std::string>(row[0]))));
  cell(position(kColumns, "fg2m")) =
      difference(cell(position(kColumns, "fgm")), cell(position(kColumns, "fg3m")));
  cell(position(kColumns, "fg2a")) =
      difference(cell(position(kColumns, "fga")), cell(position(kColumns, "fg3a")));
}

// What a row takes from the other team's.
void add_opponent(Value* row, const Value* other, const Value& abbreviation) {
  row[position(kColumns, "opponent_team_id")] = other[position(kColumns, "team_id")];
  row[position(kColumns, "opponent_abbr")] = abbreviation;
  row[position(kColumns, "opp_pts")] = other[position(kColumns, "team_pts")];
  for (std::size_t f = 0; f < std::size(kFigures); ++f) {
    row[kFirstTwin + f] = other[kFirstFigure + f];
  }
}

void add_opponents(Rows& rows, const Grid& base, std::span<const GamePair> pairs) {
  for (const GamePair& pair : pairs) {
    Value* first = &rows.cells[pair.first * kWidth];
    Value* second = pair.second ? &rows.cells[*pair.second * kWidth] : nullptr;
    if (pair.home) {
      first[position(kColumns, "is_home")] = std::int64_t{*pair.home == pair.first};
      if (second) second[position(kColumns, "is_home")] = std::int64_t{*pair.home != pair.first};
    }
    if (second) {
      add_opponent(first, second, base.row(*pair.second)[kAbbreviation]);
      add_opponent(second, first, base.row(pair.first)[kAbbreviation]);
    } else if (const auto teams =
                   parse_matchup(std::get<std::string>(first[position(kColumns, "matchup")]))) {
      const auto& own = std::get<std::string>(base.row(pair.first)[kAbbreviation]);
      first[position(kColumns, "opponent_abbr")] =
          std::string(teams->home == own ? teams->away : teams->home);
    }
  }
}

void add_rest(Rows& rows) {
  std::vector<TeamDay> days;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const Value* row = &rows.cells[r * kWidth];
    days.push_back({std::get<std::int64_t>(row[position(kColumns, "team_id")]),
                    std::get<std::string>(row[position(kColumns, "game_date")])});
  }
  const auto rests = rest_days(days);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    Value* row = &rows.cells[r * kWidth];
    row[position(kColumns, "rest_days")] = rests[r];
    row[position(kColumns, "is_back_to_back")] = std::int64_t{rests[r] == Value(std::int64_t{1})};
  }
}

std::vector<Grid> read(JsonDecoder& json, std::span<const std::string> bodies,
                       const std::string& season) {
  const auto asked = requests(season);
  std::vector<Grid> grids;
  for (std::size_t m = 0; m < asked.size(); ++m) {
    const std::string label = label_of(asked[m]);
    const auto fields = kMeasures[m].fields;
    grids.push_back(read_result_set(json, bodies[m], label, "TeamGameLogs", fields));
    drop_foreign_games(grids.back(), label);
    if (grids.back().size() == 0 && grids.front().size() > 0) {
      throw Error(Errc::kUpstreamEmpty,
                  format("{}: upstream answered without rows, though Base has {}", label,
                         grids.front().size()));
    }
  }
  return grids;
}

Decoded decode(JsonDecoder& json, std::span<const std::string> bodies,
               const DecodeContext& context) {
  const auto grids = read(json, bodies, context.season);
  const Grid& base = grids.front();
  const auto pairs = pair_games(base, context.home_team_of);

  Rows rows{kColumns, std::vector<Value>(base.size() * kWidth)};
  for (std::size_t m = 0; m < grids.size(); ++m) join(base, grids[m], kMeasures[m].fields, rows);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    derive_own(&rows.cells[r * kWidth], context.season);
  }
  add_opponents(rows, base, pairs);
  add_rest(rows);

  Rows games = games_of_logs(rows, pairs);
  Decoded decoded;
  decoded.changes.push_back({&kTable, std::move(rows), context.season});
  decoded.changes.push_back({&kGamesTable, std::move(games), context.season, false, false});
  return decoded;
}

}  // namespace

const Dataset kGameLogs = {.name = "game_logs",
                           .tables = kTables,
                           .lock = {.timeout = std::chrono::seconds{10}},
                           .stale_after = std::chrono::hours{24},
                           .needs_home_teams = true,
                           .moves_games = true,
                           .requests = requests,
                           .decode = decode};

}  // namespace nbasync
