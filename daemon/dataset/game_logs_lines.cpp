#include "dataset/game_logs_lines.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/large_pages.hpp"
#include "dataset/columns.hpp"
#include "dataset/derive.hpp"
#include "dataset/game_id.hpp"
#include "dataset/games_of_type.hpp"
#include "dataset/join.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/matchup.hpp"
#include "dataset/uncounted.hpp"
#include "dataset/value.hpp"

namespace nbasync::game_logs {
namespace {

// Answers of one moment: either all have lines, or there are none. Of the types of a few days,
// upstream may have Base alone.
void require_all_or_none(std::span<const Grid> grids, const Group& group) {
  const auto some = std::ranges::find_if(grids, [](const Grid& grid) { return grid.size() > 0; });
  if (some == grids.end()) return;
  for (std::size_t m = 0; m < grids.size(); ++m) {
    if (grids[m].size() > 0 || (m > 0 && is_of_a_few_days(group.type))) continue;
    throw Error(
        Errc::kUpstreamEmpty,
        format("{}: upstream answered without rows, though {} has {}",
               label_of(group.answers[m].request),
               group.measures[static_cast<std::size_t>(some - grids.begin())].name, some->size()));
  }
}

// The grids of one type, the first of them Base.
std::vector<Grid> read(JsonDecoder& json, const Group& group) {
  std::vector<Grid> grids;
  for (std::size_t m = 0; m < group.answers.size(); ++m) {
    const auto& answer = group.answers[m];
    const std::string label = label_of(answer.request);
    grids.push_back(
        read_result_set(json, answer.body, label, group.result_set, group.measures[m].fields));
    keep_games_of(group.type, grids.back().cells, grids.back().width, label);
  }
  require_all_or_none(grids, group);
  return grids;
}

// Whether upstream must have all of this game's lines by now.
bool must_have_lines(std::span<const Value> key, const SeasonFacts& facts) {
  const auto known = facts.games.find(std::get<std::string>(key[0]));
  return known != facts.games.end() && is_settled(known->second, facts.now);
}

void derive_own(Value* row, const SeasonFacts& facts, bool is_whole) {
  const auto cell = [row](std::size_t column) -> Value& { return row[column]; };
  const int year = start_year(facts);
  cell(position(kColumns, "season")) = facts.season;
  cell(position(kColumns, "game_type")) =
      text_or_null(std::string(game_type(std::get<std::string>(row[0]))));
  const auto two_point = [&](std::size_t all, std::size_t three) {
    return year < 1979 ? cell(all) : difference(cell(all), cell(three));
  };
  cell(position(kColumns, "fg2m")) =
      two_point(position(kColumns, "fgm"), position(kColumns, "fg3m"));
  cell(position(kColumns, "fg2a")) =
      two_point(position(kColumns, "fga"), position(kColumns, "fg3a"));
  // There the minutes are those of five players.
  Value& minutes = cell(position(kColumns, "minutes"));
  if (is_whole) minutes = product(0.2, minutes);
}

// What a row takes from the other team's.
void add_opponent(Value* row, const Value* other) {
  row[position(kColumns, "opponent_team_id")] = other[position(kColumns, "team_id")];
  row[position(kColumns, "opponent_abbr")] = other[position(kColumns, "team_abbreviation")];
  row[position(kColumns, "opp_pts")] = other[position(kColumns, "team_pts")];
  for (std::size_t f = 0; f < std::size(kFigures); ++f) {
    row[kFirstTwin + f] = other[kFirstFigure + f];
  }
}

void add_opponents(Rows& rows, std::span<const GamePair> pairs) {
  for (const GamePair& pair : pairs) {
    Value* first = &rows.cells[pair.first * kWidth];
    Value* second = pair.second ? &rows.cells[*pair.second * kWidth] : nullptr;
    if (pair.home) {
      first[position(kColumns, "is_home")] = std::int64_t{*pair.home == pair.first};
      if (second) second[position(kColumns, "is_home")] = std::int64_t{*pair.home != pair.first};
    }
    if (second) {
      add_opponent(first, second);
      add_opponent(second, first);
    } else if (const auto teams =
                   parse_matchup(std::get<std::string>(first[position(kColumns, "matchup")]))) {
      const auto& own = std::get<std::string>(first[position(kColumns, "team_abbreviation")]);
      first[position(kColumns, "opponent_abbr")] =
          std::string(teams->home == own ? teams->away : teams->home);
    }
  }
}

}  // namespace

Lines read_lines(JsonDecoder& json, const Group& group, const SeasonFacts& facts) {
  Lines lines;
  lines.rows.columns = kColumns;
  const auto grids = read(json, group);
  const Grid& grid = grids.front();
  const std::string label = label_of(group.answers.front().request);
  const Base base{.grid = grid,
                  .keys = 2,
                  .label = label,
                  .unit = "lines",
                  .is_due = [&](auto key) { return must_have_lines(key, facts); },
                  .due = "of games that ended long ago",
                  .force = facts.force};
  reserve_large(lines.rows.cells, grid.size() * kWidth);
  lines.rows.cells.resize(grid.size() * kWidth);
  for (std::size_t m = 0; m < grids.size(); ++m) {
    if (grids[m].size() == 0 && grid.size() > 0) {
      add_note(lines.note, format("{} has no rows", label_of(group.answers[m].request)));
      continue;
    }
    join(base, grids[m], group.measures[m].fields, label_of(group.answers[m].request), lines);
  }
  lines.pairs = pair_games(grid, facts);
  forget_uncounted(lines.rows, start_year(facts));
  const bool is_whole = group.measures.size() == 1;
  for (std::size_t r = 0; r < grid.size(); ++r) {
    derive_own(&lines.rows.cells[r * kWidth], facts, is_whole);
  }
  add_opponents(lines.rows, lines.pairs);
  return lines;
}

const std::string& game_of(const Rows& rows, const GamePair& pair) {
  return std::get<std::string>(rows.cells[pair.first * kWidth]);
}

}  // namespace nbasync::game_logs
