#include "dataset/standings.hpp"

#include <array>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/row_index.hpp"
#include "dataset/value.hpp"

namespace nbasync {
namespace {

constexpr std::array kStandingsColumns = {
    Column{"team_id", Type::kInteger, true},
    Column{"season", Type::kText, true},
    // The logs of the season know better; see game_logs::abbreviations_of.
    Column{"team_abbreviation", Type::kText, false, OnUpdate::kKeepIfNull},
    Column{"city"},
    Column{"name"},
    Column{"conference"},
    Column{"division"},
    Column{"wins", Type::kInteger},
    Column{"losses", Type::kInteger},
    Column{"win_pct", Type::kReal},
    Column{"conference_rank", Type::kInteger},
    Column{"division_rank", Type::kInteger},
    Column{"playoff_seeding", Type::kInteger},
    Column{"clinch_indicator"},
    Column{"conference_games_back", Type::kReal},
    Column{"division_games_back", Type::kReal},
    Column{"home_record"},
    Column{"road_record"},
    Column{"neutral_record"},
    Column{"last_10"},
    Column{"streak"},
    Column{"current_streak", Type::kInteger},
    Column{"points_per_game", Type::kReal},
    Column{"opp_points_per_game", Type::kReal},
    Column{"points_differential", Type::kReal},
    Column{"record_vs_east"},
    Column{"record_vs_west"},
};

constexpr Field kAll[] = {
    {"TeamID", "team_id", Kind::kInteger, Need::kKey},
    {"TeamCity", "city", Kind::kText, Need::kRequired},
    {"TeamName", "name", Kind::kText, Need::kRequired},
    {"Conference", "conference", Kind::kText},
    {"Division", "division", Kind::kText},
    {"WINS", "wins", Kind::kInteger, Need::kIfThere},
    {"LOSSES", "losses", Kind::kInteger, Need::kIfThere},
    {"WinPCT", "win_pct", Kind::kReal, Need::kIfThere},
    {"PlayoffRank", "conference_rank", Kind::kInteger, Need::kIfThere},
    {"DivisionRank", "division_rank", Kind::kInteger, Need::kIfThere},
    {"PlayoffSeeding", "playoff_seeding", Kind::kInteger, Need::kIfThere},
    {"ClinchIndicator", "clinch_indicator", Kind::kText, Need::kIfThere},
    {"ConferenceGamesBack", "conference_games_back", Kind::kReal, Need::kIfThere},
    {"DivisionGamesBack", "division_games_back", Kind::kReal, Need::kIfThere},
    {"HOME", "home_record", Kind::kText, Need::kIfThere},
    {"ROAD", "road_record", Kind::kText, Need::kIfThere},
    {"NEUTRAL", "neutral_record", Kind::kText, Need::kIfThere},
    {"L10", "last_10", Kind::kText, Need::kIfThere},
    {"strCurrentStreak", "streak", Kind::kText, Need::kIfThere},
    {"CurrentStreak", "current_streak", Kind::kInteger, Need::kIfThere},
    {"PointsPG", "points_per_game", Kind::kReal, Need::kIfThere},
    {"OppPointsPG", "opp_points_per_game", Kind::kReal, Need::kIfThere},
    {"DiffPointsPG", "points_differential", Kind::kReal, Need::kIfThere},
    {"vsEast", "record_vs_east", Kind::kText, Need::kIfThere},
    {"vsWest", "record_vs_west", Kind::kText, Need::kIfThere},
};

constexpr std::size_t kAbbreviation = position(kStandingsColumns, "team_abbreviation");

}  // namespace

const Table kStandingsTable = {"standings", kStandingsColumns, "synced_at", ""};

namespace standings {

const std::span<const Field> kFields = kAll;

TableChange change_of(const Grid& answer, const SeasonFacts& facts) {
  TableChange change{&kStandingsTable, {kStandingsColumns, {}}, {}, true, false};
  change.rows.cells.resize(answer.size() * kStandingsColumns.size());
  const auto places = targets(kAll, kStandingsColumns);
  for (std::size_t r = 0; r < answer.size(); ++r) {
    Value* row = &change.rows.cells[r * kStandingsColumns.size()];
    copy_cells(answer.row(r), places, row);
    row[position(kStandingsColumns, "season")] = facts.season;
    const auto named = facts.abbreviations.find(std::get<std::int64_t>(row[0]));
    if (named != facts.abbreviations.end()) row[kAbbreviation] = named->second;
    trim_texts({row, kStandingsColumns.size()});
  }
  change.scope = {"season = $1", {facts.season}, format("standings {}", facts.season)};
  change.guard.emplace().each = true;
  return change;
}

void add_abbreviations(Rows& standings, const Grid& years) {
  const RowIndex year_of(years.cells, years.width, {0});
  for (std::size_t r = 0; r < standings.size(); ++r) {
    Value* row = &standings.cells[r * kStandingsColumns.size()];
    const KeyPart key[] = {key_part(row[0])};
    const auto year = year_of.find(key);
    if (year && row[kAbbreviation] == Value()) row[kAbbreviation] = years.row(*year)[2];
  }
}

}  // namespace standings
}  // namespace nbasync
