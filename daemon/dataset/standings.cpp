#include "dataset/standings.hpp"

#include <array>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/row_index.hpp"
#include "dataset/value.hpp"

namespace nbasync {
namespace {

constexpr ResultColumn kAll[] = {
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

constexpr std::array kStandingsColumns = sourced(
    std::array{
        Column{"team_id", Type::kInteger, true}.says("the team, as upstream numbers it", "id"),
        Column{"season", Type::kText, true}.says("the season, like 2025-26", "season", "the sync"),
        // The logs of the season know better; see game_logs::abbreviations_of.
        Column{"team_abbreviation", Type::kText, false, OnUpdate::kKeepIfNull}.says(
            "the team's code of three letters in that season", "text",
            "teamgamelogs TEAM_ABBREVIATION, else commonteamyears ABBREVIATION"),
        Column{"city"}.says("the city or region that the team was named after in that season",
                            "text"),
        Column{"name"}.says("the team's name in that season, without its city", "text"),
        Column{"conference"}.says("East or West", "text"),
        Column{"division"}.says("the division, like Atlantic", "text"),
        Column{"wins", Type::kInteger}.says("games won, of the regular season", "games"),
        Column{"losses", Type::kInteger}.says("games lost, of the regular season", "games"),
        Column{"win_pct", Type::kReal}.says("share of the games that were won", "fraction"),
        Column{"conference_rank", Type::kInteger}.says("place in the conference", "rank"),
        Column{"division_rank", Type::kInteger}.says("place in the division", "rank"),
        Column{"playoff_seeding", Type::kInteger}.says("seed for the playoffs in the conference",
                                                       "rank"),
        Column{"clinch_indicator"}.says(
            "what the team has secured, or that it is out, as upstream writes it", "text"),
        Column{"conference_games_back", Type::kReal}.says(
            "games behind the first of the conference", "games"),
        Column{"division_games_back", Type::kReal}.says("games behind the first of the division",
                                                        "games"),
        Column{"home_record"}.says("wins and losses at home, like 24-17", "text"),
        Column{"road_record"}.says("wins and losses away, like 24-17", "text"),
        Column{"neutral_record"}.says("wins and losses at neutral sites, like 1-0", "text"),
        Column{"last_10"}.says("wins and losses of the last ten games, like 7-3", "text"),
        Column{"streak"}.says("the current streak in words, like W 3", "text"),
        Column{"current_streak", Type::kInteger}.says("the current streak, below 0 of losses",
                                                      "games"),
        Column{"points_per_game", Type::kReal}.says("points scored", "points per game"),
        Column{"opp_points_per_game", Type::kReal}.says("points conceded", "points per game"),
        Column{"points_differential", Type::kReal}.says("points scored less points conceded",
                                                        "points per game"),
        Column{"record_vs_east"}.says("wins and losses against teams of the East, like 30-22",
                                      "text"),
        Column{"record_vs_west"}.says("wins and losses against teams of the West, like 20-10",
                                      "text"),
    },
    "leaguestandingsv3", kAll);

constexpr std::size_t kAbbreviation = position(kStandingsColumns, "team_abbreviation");

}  // namespace

const Table kStandingsTable = {"standings", kStandingsColumns, "synced_at", "",
                               "how a team stands in a season, and what it was called in it"};

namespace standings {

const std::span<const ResultColumn> kFields = kAll;

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
