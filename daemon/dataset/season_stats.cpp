#include <array>
#include <string>

#include "base/error.hpp"
#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/derive.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/result_set.hpp"
#include "dataset/row_index.hpp"
#include "dataset/season_stats_columns.hpp"

// Every team's figures a game, over the season and split by home and away, with ranks, and the
// league's averages.
namespace nbasync {
namespace {

using season_stats::kAverageColumns;
using season_stats::kColumns;

constexpr Table kTable = {"team_season_stats", kColumns, "season = $1", "synced_at", ""};
constexpr Table kAverages = {"league_averages", kAverageColumns, "season = $1", "updated_at", ""};
constexpr const Table* kTables[] = {&kTable, &kAverages};

constexpr std::size_t kWidth = kColumns.size();

struct Split {
  const char* name;
  const char* location;  // upstream's word
};
constexpr Split kSplits[] = {{"overall", ""}, {"home", "Home"}, {"away", "Road"}};

struct Measure {
  const char* name;
  std::span<const Field> fields;
};
constexpr Measure kMeasures[] = {{"Base", season_stats::kBase},
                                 {"Advanced", season_stats::kAdvanced},
                                 {"Opponent", season_stats::kOpponent}};

Request request(const std::string& season, const Split& split, const Measure& measure) {
  return {Host::kStats,
          "leaguedashteamstats",
          {{"Conference", ""},
           {"DateFrom", ""},
           {"DateTo", ""},
           {"Division", ""},
           {"GameScope", ""},
           {"GameSegment", ""},
           {"LastNGames", "0"},
           {"LeagueID", "00"},
           {"Location", split.location},
           {"MeasureType", measure.name},
           {"Month", "0"},
           {"OpponentTeamID", "0"},
           {"Outcome", ""},
           {"PORound", ""},
           {"PaceAdjust", "N"},
           {"PerMode", "PerGame"},
           {"Period", "0"},
           {"PlayerExperience", ""},
           {"PlayerPosition", ""},
           {"PlusMinus", "N"},
           {"Rank", "N"},
           {"Season", season},
           {"SeasonSegment", ""},
           {"SeasonType", "Regular Season"},
           {"ShotClockRange", ""},
           {"StarterBench", ""},
           {"TeamID", ""},
           {"TwoWay", ""},
           {"VsConference", ""},
           {"VsDivision", ""}}};
}

std::vector<Request> requests(const std::string& season) {
  std::vector<Request> all;
  for (const Split& split : kSplits) {
    for (const Measure& measure : kMeasures) all.push_back(request(season, split, measure));
  }
  return all;
}

// Two-point figures are what is left of all field goals; kBase left those in fg2m and fg2a.
void derive_figures(Value* row) {
  const auto cell = [row](std::size_t column) -> Value& { return row[column]; };
  Value& fg2m = cell(position(kColumns, "fg2m"));
  Value& fg2a = cell(position(kColumns, "fg2a"));
  const Value& fg3m = cell(position(kColumns, "fg3m"));
  fg2m = difference(fg2m, fg3m);
  fg2a = difference(fg2a, cell(position(kColumns, "fg3a")));
  cell(position(kColumns, "fg2_pct")) = ratio(fg2m, fg2a);
  cell(position(kColumns, "two_pt_ppg")) = product(2, fg2m);
  cell(position(kColumns, "three_pt_ppg")) = product(3, fg3m);
  cell(position(kColumns, "ft_ppg")) = cell(position(kColumns, "ftm"));

  Value& opp_fg2m = cell(position(kColumns, "opp_fg2m"));
  Value& opp_fg2a = cell(position(kColumns, "opp_fg2a"));
  opp_fg2m = difference(cell(position(kColumns, "opp_fgm")), cell(position(kColumns, "opp_fg3m")));
  opp_fg2a = difference(cell(position(kColumns, "opp_fga")), cell(position(kColumns, "opp_fg3a")));
  cell(position(kColumns, "opp_fg2_pct")) = ratio(opp_fg2m, opp_fg2a);
}

// Appends the rows of one split, from its three answers.
void add_split(Rows& rows, const Split& split, std::span<const Grid> grids,
               const std::string& season) {
  const Grid& base = grids[0];
  const std::size_t first = rows.size();
  rows.cells.resize(rows.cells.size() + base.size() * kWidth);
  for (std::size_t m = 0; m < std::size(kMeasures); ++m) {
    const auto places = targets(kMeasures[m].fields, kColumns);
    const RowIndex teams(grids[m].cells, grids[m].width, {0});
    for (std::size_t r = 0; r < base.size(); ++r) {
      const KeyPart key[] = {key_part(base.row(r)[0])};
      const auto twin = teams.find(key);
      if (twin) copy_cells(grids[m].row(*twin), places, &rows.cells[(first + r) * kWidth]);
    }
  }
  for (std::size_t r = first; r < rows.size(); ++r) {
    Value* row = &rows.cells[r * kWidth];
    row[position(kColumns, "season")] = season;
    row[position(kColumns, "split_type")] = std::string(split.name);
    derive_figures(row);
  }
}

struct Rank {
  std::size_t of;
  std::size_t column;
  Best best = Best::kHighest;
};
constexpr Rank kRanks[] = {
    {position(kColumns, "ppg"), position(kColumns, "ppg_rank")},
    {position(kColumns, "opp_ppg"), position(kColumns, "opp_ppg_rank"), Best::kLowest},
    {position(kColumns, "fg_pct"), position(kColumns, "fg_pct_rank")},
    {position(kColumns, "fg3_pct"), position(kColumns, "fg3_pct_rank")},
    {position(kColumns, "ft_pct"), position(kColumns, "ft_pct_rank")},
    {position(kColumns, "off_rtg"), position(kColumns, "off_rtg_rank")},
    {position(kColumns, "def_rtg"), position(kColumns, "def_rtg_rank"), Best::kLowest},
    {position(kColumns, "net_rtg"), position(kColumns, "net_rtg_rank")},
    {position(kColumns, "pace"), position(kColumns, "pace_rank")},
    {position(kColumns, "opp_tov"), position(kColumns, "opp_tov_rank")},
    {position(kColumns, "opp_fg3_pct"), position(kColumns, "opp_fg3_pct_rank"), Best::kLowest},
    {position(kColumns, "opp_assists"), position(kColumns, "opp_assists_rank"), Best::kLowest},
};

// A column of the first `count` rows.
std::vector<Value> column_of(const Rows& rows, std::size_t column, std::size_t count) {
  std::vector<Value> values;
  for (std::size_t r = 0; r < count; ++r) values.push_back(rows.cells[r * kWidth + column]);
  return values;
}

// The rows of the overall split come first; `count` of them.
void add_ranks(Rows& rows, std::size_t count) {
  for (const Rank& rank : kRanks) {
    const auto values = ranks(column_of(rows, rank.of, count), rank.best);
    for (std::size_t r = 0; r < count; ++r) rows.cells[r * kWidth + rank.column] = values[r];
  }
}

Rows league_averages(const Rows& rows, std::size_t count, const std::string& season) {
  Rows averages{kAverageColumns, {}};
  if (count == 0) return averages;
  averages.cells.emplace_back(season);
  constexpr std::size_t kSources[] = {position(kColumns, "ppg"),     position(kColumns, "pace"),
                                      position(kColumns, "off_rtg"), position(kColumns, "def_rtg"),
                                      position(kColumns, "fg_pct"),  position(kColumns, "fg3_pct"),
                                      position(kColumns, "ft_pct")};
  for (const std::size_t source : kSources) {
    averages.cells.push_back(mean(column_of(rows, source, count)));
  }
  return averages;
}

// Nine answers of one moment: either all have teams, or the season has not begun.
void require_all_or_none(std::span<const Grid> grids, std::span<const Request> asked) {
  bool any = false;
  for (const Grid& grid : grids) any = any || grid.size() > 0;
  for (std::size_t i = 0; any && i < grids.size(); ++i) {
    if (grids[i].size() > 0) continue;
    throw Error(Errc::kUpstreamEmpty,
                format("{}: upstream answered without rows, though it has rows for the other "
                       "measures and splits of the season",
                       label_of(asked[i])));
  }
}

Decoded decode(JsonDecoder& json, std::span<const std::string> bodies,
               const DecodeContext& context) {
  const auto asked = requests(context.season);
  std::vector<Grid> grids;
  for (std::size_t i = 0; i < asked.size(); ++i) {
    grids.push_back(read_result_set(json, bodies[i], label_of(asked[i]), "LeagueDashTeamStats",
                                    kMeasures[i % std::size(kMeasures)].fields));
  }
  require_all_or_none(grids, asked);

  Rows rows{kColumns, {}};
  for (std::size_t s = 0; s < std::size(kSplits); ++s) {
    add_split(rows, kSplits[s],
              std::span(grids).subspan(s * std::size(kMeasures), std::size(kMeasures)),
              context.season);
  }
  const std::size_t teams = grids[0].size();
  add_ranks(rows, teams);
  Rows averages = league_averages(rows, teams, context.season);

  Decoded decoded;
  decoded.changes.push_back({&kTable, std::move(rows), context.season});
  decoded.changes.push_back({&kAverages, std::move(averages), context.season, true, false});
  return decoded;
}

}  // namespace

const Dataset kSeasonStats = {.name = "season_stats",
                              .tables = kTables,
                              .lock = {.timeout = std::chrono::seconds{10}},
                              .stale_after = std::chrono::hours{24},
                              .requests = requests,
                              .decode = decode};

}  // namespace nbasync
