#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "dataset/averages_request.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/join.hpp"
#include "dataset/one_moment.hpp"
#include "dataset/played.hpp"
#include "dataset/player_season_stats_columns.hpp"
#include "dataset/uncounted.hpp"
#include "dataset/value.hpp"

// Every player's figures a game, over the season and its playoffs: two answers each, joined.
namespace nbasync {
namespace player_season_stats {
namespace {

constexpr Table kTable = {"player_season_stats", kColumns, "synced_at", "",
                          "a player's averages over a season or its playoffs"};
constexpr const Table* kTables[] = {&kTable};

constexpr std::size_t kWidth = kColumns.size();

// Before it upstream has none of these figures.
constexpr int kFirstYear = 1996;

// A team has five on the floor.
constexpr std::size_t kPlayersATeam = 5;

struct Measure {
  std::string_view name;
  std::span<const ResultColumn> fields;
};
constexpr Measure kMeasures[] = {{"Base", kBase}, {"Advanced", kAdvanced}};

struct Split {
  std::string_view name;
  SeasonType type;
};
constexpr Split kSplits[] = {{"overall", SeasonType::kRegular},
                             {"playoffs", SeasonType::kPlayoffs}};

std::vector<Request> requests(const SeasonFacts& facts) {
  std::vector<Request> all;
  if (start_year(facts) < kFirstYear) return all;
  const auto types =
      types_to_ask(facts, {SeasonType::kRegular, SeasonType::kPlayoffs}, kTable.name);
  for (const auto type : types) {
    for (const auto& measure : kMeasures) {
      all.push_back(player_averages({facts.season, type, measure.name}));
    }
  }
  return all;
}

// The answers of one split, one a measure; the last one of each counts.
struct SplitAnswers {
  const Split* split;
  std::array<const Fetched*, std::size(kMeasures)> answers{};
  std::array<Grid, std::size(kMeasures)> grids{};
};

void require_all_or_none(const SplitAnswers& own) {
  for (std::size_t m = 0; m < std::size(kMeasures); ++m) {
    if (own.grids[m].size() > 0 || own.grids[1 - m].size() == 0) continue;
    throw Error(
        Errc::kUpstreamEmpty,
        format("{}: upstream answered without rows, though it has rows for the other measure",
               label_of(own.answers[m]->request)));
  }
}

std::vector<SplitAnswers> read(JsonDecoder& json, std::span<const Fetched> answers) {
  std::vector<SplitAnswers> splits;
  for (const Split& split : kSplits) {
    SplitAnswers own{&split};
    for (const Fetched& answer : answers) {
      if (answer.request.parameter("SeasonType") != names_of(split.type).upstream) continue;
      const auto* const measure =
          std::ranges::find(kMeasures, answer.request.parameter("MeasureType"), &Measure::name);
      own.answers[static_cast<std::size_t>(measure - kMeasures)] = &answer;
    }
    if (own.answers.front() == nullptr) continue;
    for (std::size_t m = 0; m < std::size(kMeasures); ++m) {
      own.grids[m] = read_result_set(json, own.answers[m]->body, label_of(own.answers[m]->request),
                                     "LeagueDashPlayerStats", kMeasures[m].fields);
    }
    require_all_or_none(own);
    splits.push_back(std::move(own));
  }
  return splits;
}

// Players of whom the two measures do not count the same games.
std::set<std::int64_t> torn_of(const SplitAnswers& own) {
  std::map<std::int64_t, const Value*> games;
  const Grid& base = own.grids[0];
  for (std::size_t r = 0; r < base.size(); ++r) {
    games[std::get<std::int64_t>(base.row(r)[0])] = &base.row(r)[1];
  }
  std::set<std::int64_t> torn;
  const Grid& advanced = own.grids[1];
  for (std::size_t r = 0; r < advanced.size(); ++r) {
    const auto row = advanced.row(r);
    const auto known = games.find(std::get<std::int64_t>(row[0]));
    if (known != games.end() && !is_null(row[1]) && *known->second != row[1]) {
      torn.insert(known->first);
    }
  }
  return torn;
}

std::int64_t team_in(const Value& cell) { return integer_of(cell).value_or(0); }

std::vector<Request> more_requests(JsonDecoder& json, std::span<const Fetched> answers,
                                   const SeasonFacts& facts) {
  std::vector<Request> again;
  if (!is_worth_asking_again(facts)) return again;  // it costs reading them all
  for (const auto& own : read(json, answers)) {
    const auto torn = torn_of(own);
    const Grid& base = own.grids[0];
    bool of_use = false;
    for (std::size_t r = 0; !torn.empty() && !of_use && r < base.size(); ++r) {
      of_use = torn.contains(std::get<std::int64_t>(base.row(r)[0])) &&
               is_worth_asking_again(team_in(base.row(r)[3]), facts);
    }
    if (!of_use) continue;
    for (const auto* answer : own.answers) again.push_back(answer->request);
  }
  return again;
}

// One split's rows. Some row of theirs is always behind while games are played, so a row is due
// when its team has not just played.
Joined join_split(const SplitAnswers& own, const SeasonFacts& facts) {
  const Grid& grid = own.grids[0];
  std::map<std::int64_t, std::int64_t> team_of;
  for (std::size_t r = 0; r < grid.size(); ++r) {
    team_of[std::get<std::int64_t>(grid.row(r)[0])] = team_in(grid.row(r)[3]);
  }
  Joined joined;
  joined.rows.columns = kColumns;
  joined.rows.cells.resize(grid.size() * kWidth);
  const std::string label = label_of(own.answers[0]->request);
  const auto is_due = [&](std::span<const Value> key) {
    const auto team = team_of.find(std::get<std::int64_t>(key[0]));
    return team == team_of.end() || !has_just_played(team->second, std::chrono::hours{24}, facts);
  };
  const Base base{.grid = grid,
                  .keys = 1,
                  .label = label,
                  .unit = "players",
                  .is_due = is_due,
                  .due = "whose teams have not played since yesterday",
                  .force = facts.force};
  for (std::size_t m = 0; m < std::size(kMeasures); ++m) {
    join(base, own.grids[m], kMeasures[m].fields, label_of(own.answers[m]->request), joined);
  }
  for (std::size_t r = 0; r < joined.rows.size(); ++r) {
    Value* row = &joined.rows.cells[r * kWidth];
    row[position(kColumns, "season")] = facts.season;
    row[position(kColumns, "split_type")] = std::string(own.split->name);
  }
  forget_unattempted(joined.rows);
  return joined;
}

TableChange change_of(const SplitAnswers& own, const SeasonFacts& facts, std::string& note) {
  auto joined = join_split(own, facts);
  add_note(note, joined.note);
  TableChange change{&kTable, std::move(joined.rows), {}};
  for (const auto& key : joined.spared) {
    change.spared.push_back({key[0], facts.season, std::string(own.split->name)});
  }
  const auto torn = torn_of(own);
  keep_of_one_moment(
      {own.split->name, "players",
       [&](const Value* row) { return torn.contains(std::get<std::int64_t>(row[0])); },
       [](const Value* row) { return team_in(row[position(kColumns, "team_id")]); }},
      facts, change, note);
  change.scope = {"season = $1 AND split_type = $2",
                  {facts.season, std::string(own.split->name)},
                  format("{} {} {}", kTable.name, facts.season, own.split->name)};
  change.guard.emplace().rows = kPlayersATeam * teams_that_played(own.split->type, facts).size();
  return change;
}

Decoded decode(JsonDecoder& json, std::span<const Fetched> answers, const SeasonFacts& facts) {
  Decoded decoded;
  if (start_year(facts) < kFirstYear) {
    decoded.note =
        format("upstream has these figures from 1996-97 on, and none of {}", facts.season);
  } else if (answers.empty()) {
    decoded.note = format("no game of {} has begun", facts.season);
  }
  for (const auto& own : read(json, answers)) {
    decoded.changes.push_back(change_of(own, facts, decoded.note));
  }
  return decoded;
}

}  // namespace
}  // namespace player_season_stats

const Dataset kPlayerSeasonStats = {.name = "player_season_stats",
                                    .tables = player_season_stats::kTables,
                                    .lock = {.timeout = std::chrono::seconds{10}},
                                    .stale_after = std::chrono::hours{24},
                                    .is_of_games = true,
                                    .requests = player_season_stats::requests,
                                    .more_requests = player_season_stats::more_requests,
                                    .decode = player_season_stats::decode};

}  // namespace nbasync
