#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "base/error.hpp"
#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/derive.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/one_moment.hpp"
#include "dataset/played.hpp"
#include "dataset/result_set.hpp"
#include "dataset/row_index.hpp"
#include "dataset/season_stats_answers.hpp"
#include "dataset/season_stats_columns.hpp"
#include "dataset/season_stats_moments.hpp"
#include "dataset/value.hpp"

// Every team's figures a game, over the season and its playoffs and split by home and away, with
// ranks, and the league's averages.
namespace nbasync {
namespace season_stats {
namespace {

constexpr Table kTable = {kTableName, kColumns, "synced_at", "",
                          "a team's averages over a part of a season"};
constexpr Table kAverages = {"league_averages", kAverageColumns, "updated_at", "",
                             "what a team does on average in a regular season"};
constexpr const Table* kTables[] = {&kTable, &kAverages};

constexpr std::size_t kWidth = kColumns.size();

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

void add_ranks(Rows& rows) {
  for (const Rank& rank : kRanks) {
    const auto values = ranks(column_of(rows, rank.of, rows.size()), rank.best);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      rows.cells[r * kWidth + rank.column] = values[r];
    }
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

// The splits that do not agree with each other are asked for once more, if that is of use.
std::vector<Request> more_requests(JsonDecoder& json, std::span<const Fetched> answers,
                                   const SeasonFacts& facts) {
  std::vector<Request> again;
  if (!is_worth_asking_again(facts)) return again;  // it costs reading them all
  const auto splits = read(json, answers, facts);
  const auto found = disagreements(splits, facts);
  for (const auto& own : splits) {
    const auto teams = found.find(own.split->name);
    if (teams == found.end()) continue;
    const bool of_use = std::ranges::any_of(
        teams->second, [&](std::int64_t team) { return is_worth_asking_again(team, facts); });
    if (!of_use) continue;
    for (const auto* answer : own.answers) again.push_back(answer->request);
  }
  return again;
}

// One split's rows; those that are not of one moment stay as they are stored while a game of the
// team ended a short time ago.
TableChange change_of(const SplitAnswers& own, const std::set<std::int64_t>& torn,
                      const SeasonFacts& facts, Decoded& decoded) {
  TableChange change{&kTable, {kColumns, {}}, {}};
  add_split(change.rows, *own.split, own.grids, facts.season);
  if (own.split->location.empty()) add_ranks(change.rows);
  const auto is_torn = [&](const Value* row) {
    return torn.contains(std::get<std::int64_t>(row[0]));
  };
  for (std::size_t r = 0; r < change.rows.size(); ++r) {
    Value* row = &change.rows.cells[r * kWidth];
    if (!is_torn(row)) {
      row[position(kColumns, "games_as_of")] = row[position(kColumns, "games_played")];
    }
  }
  keep_of_one_moment({own.split->name, "teams", is_torn,
                      [](const Value* row) { return std::get<std::int64_t>(row[0]); }},
                     facts, change, decoded.note);
  change.scope = {"season = $1 AND split_type = $2",
                  {facts.season, std::string(own.split->name)},
                  format("{} {} {}", kTableName, facts.season, own.split->name)};
  Expectation& guard = change.guard.emplace();
  guard.each = true;
  const bool overall = own.split->location.empty();
  if (overall) guard.rows = teams_that_played(own.split->type, facts).size();
  return change;
}

Decoded decode(JsonDecoder& json, std::span<const Fetched> answers, const SeasonFacts& facts) {
  Decoded decoded;
  if (start_year(facts) < kFirstYear) {
    decoded.note =
        format("upstream has these figures from 1996-97 on, and none of {}", facts.season);
    return decoded;
  }
  if (answers.empty()) decoded.note = format("no game of {} has begun", facts.season);
  const auto splits = read(json, answers, facts);
  auto torn = disagreements(splits, facts);
  for (const auto& own : splits) {
    auto change = change_of(own, torn[own.split->name], facts, decoded);
    if (own.split->name == "overall" && change.spared.empty()) {
      decoded.changes.push_back(
          {&kAverages,
           league_averages(change.rows, change.rows.size(), facts.season),
           {"season = $1", {facts.season}, format("league_averages {}", facts.season)},
           true,
           false});
      decoded.changes.back().guard.emplace();
    }
    decoded.changes.push_back(std::move(change));
  }
  return decoded;
}

}  // namespace
}  // namespace season_stats

const Dataset kSeasonStats = {.name = "season_stats",
                              .tables = season_stats::kTables,
                              .lock = {.timeout = std::chrono::seconds{10}},
                              .stale_after = std::chrono::hours{24},
                              .is_of_games = true,
                              .requests = season_stats::requests,
                              .more_requests = season_stats::more_requests,
                              .decode = season_stats::decode};

}  // namespace nbasync
