#include "dataset/game_logs_lines.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"
#include "dataset/columns.hpp"
#include "dataset/derive.hpp"
#include "dataset/game_id.hpp"
#include "dataset/json_decoder.hpp"
#include "dataset/matchup.hpp"
#include "dataset/row_index.hpp"
#include "dataset/value.hpp"

namespace nbasync::game_logs {
namespace {

// Other leagues' rows, and those of other parts of the season, come along when upstream overlooks
// what it was asked.
void drop_foreign_games(Grid& grid, SeasonType type, const std::string& label) {
  Grid kept{grid.width, {}};
  kept.cells.reserve(grid.cells.size());
  for (std::size_t r = 0; r < grid.size(); ++r) {
    const auto& id = std::get<std::string>(grid.row(r)[0]);
    if (!is_game_id(id)) {
      throw Error(Errc::kUpstreamMalformed, format("{}: row {}, column GAME_ID: '{}' is no game id",
                                                   label, r + 1, excerpt(id)));
    }
    if (!is_nba_game(id) || season_type_of(id) != type) continue;
    const auto cells = std::span(grid.cells).subspan(r * grid.width, grid.width);
    kept.cells.insert(kept.cells.end(), std::make_move_iterator(cells.begin()),
                      std::make_move_iterator(cells.end()));
  }
  grid = std::move(kept);
}

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
    drop_foreign_games(grids.back(), group.type, label);
  }
  require_all_or_none(grids, group);
  return grids;
}

KeyPart part(const Grid& grid, std::size_t row, std::size_t field) {
  return key_part(grid.row(row)[field]);
}

const std::string& game_of(const Grid& grid, std::size_t row) {
  return std::get<std::string>(grid.row(row)[0]);
}

// Whether upstream must have all of this game's lines by now.
bool must_have_lines(const std::string& game, const SeasonFacts& facts) {
  const auto known = facts.games.find(game);
  return known != facts.games.end() && is_settled(known->second, facts.now);
}

// Copies the figures of this answer to the rows of Base that have the same key. An answer that is
// behind leaves out lines; one that leaves out too many is an error.
void join(const Grid& base, const Grid& grid, std::span<const Field> fields,
          const std::string& label, const SeasonFacts& facts, Lines& lines) {
  const auto places = targets(fields, kColumns);
  const RowIndex index(grid.cells, grid.width, {0, 1});
  std::size_t found = 0;
  std::size_t missing = 0;  // that must be there
  for (std::size_t r = 0; r < base.size(); ++r) {
    const KeyPart key[] = {part(base, r, 0), part(base, r, 1)};
    if (const auto twin = index.find(key)) {
      copy_cells(grid.row(*twin), places, &lines.rows.cells[r * kWidth]);
      ++found;
    } else if (must_have_lines(game_of(base, r), facts)) {
      ++missing;
    }
  }
  if (!facts.force && is_short(missing, base.size())) {
    throw Error(Errc::kUpstreamShort,
                format("{}: upstream answered with {} of the {} lines that Base has, {} of them of "
                       "games that ended long ago",
                       label, found, base.size(), missing));
  }
  if (found < base.size()) {
    add_note(lines.note, format("{} is behind: it lacks {} of {} lines, whose figures stay as they "
                                "were",
                                label, base.size() - found, base.size()));
  }
  if (grid.size() == found) return;
  const RowIndex bases(base.cells, base.width, {0, 1});
  std::size_t behind = 0;
  missing = 0;
  for (std::size_t r = 0; r < grid.size(); ++r) {
    const KeyPart key[] = {part(grid, r, 0), part(grid, r, 1)};
    if (bases.find(key)) continue;
    lines.spared.push_back({grid.row(r)[0], grid.row(r)[1]});
    ++behind;
    if (must_have_lines(game_of(grid, r), facts)) ++missing;
  }
  if (!facts.force && is_short(missing, grid.size())) {
    throw Error(Errc::kUpstreamShort,
                format("teamgamelogs Base: upstream answered with {} lines, and lacks {} that {} "
                       "has, {} of them of games that ended long ago",
                       base.size(), behind, label, missing));
  }
  add_note(lines.note,
           format("Base is behind: it lacks {} lines that {} has, which stay as they were", behind,
                  label));
}

// What an old season did not count is not known, whatever the answer says.
void forget_uncounted(Value* row, int year) {
  constexpr std::size_t kSince1979[] = {position(kColumns, "fg3m"), position(kColumns, "fg3a"),
                                        position(kColumns, "fg3_pct")};
  constexpr std::size_t kSince1973[] = {
      position(kColumns, "steals"), position(kColumns, "blocks"), position(kColumns, "turnovers"),
      position(kColumns, "offensive_rebounds"), position(kColumns, "defensive_rebounds")};
  if (year < 1979) {
    for (const auto column : kSince1979) row[column] = {};
  }
  if (year < 1973) {
    for (const auto column : kSince1973) row[column] = {};
  }
}

void derive_own(Value* row, const SeasonFacts& facts, bool is_whole) {
  const auto cell = [row](std::size_t column) -> Value& { return row[column]; };
  const int year = start_year(facts);
  forget_uncounted(row, year);
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
  const auto grids = read(json, group);
  const Grid& base = grids.front();
  lines.rows.cells.resize(base.size() * kWidth);
  for (std::size_t m = 0; m < grids.size(); ++m) {
    if (grids[m].size() == 0 && base.size() > 0) {
      add_note(lines.note, format("{} has no rows", label_of(group.answers[m].request)));
      continue;
    }
    join(base, grids[m], group.measures[m].fields, label_of(group.answers[m].request), facts,
         lines);
  }
  lines.pairs = pair_games(base, facts);
  const bool is_whole = group.measures.size() == 1;
  for (std::size_t r = 0; r < base.size(); ++r) {
    derive_own(&lines.rows.cells[r * kWidth], facts, is_whole);
  }
  add_opponents(lines.rows, lines.pairs);
  return lines;
}

const std::string& game_of(const Rows& rows, const GamePair& pair) {
  return std::get<std::string>(rows.cells[pair.first * kWidth]);
}

}  // namespace nbasync::game_logs
