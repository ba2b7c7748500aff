#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "base/format.hpp"
#include "dataset/catalog.hpp"
#include "dataset/columns.hpp"
#include "dataset/result_set.hpp"
#include "dataset/value.hpp"

// Who plays, or has played: one row a player, of the newest season that was synced. An older season
// adds those that are not known yet. Nobody is removed.
namespace nbasync {
namespace players {
namespace {

constexpr ResultColumn kFields[] = {
    {"PERSON_ID", "player_id", Kind::kInteger, Need::kKey},
    {"PLAYER_FIRST_NAME", "first_name", Kind::kText},
    {"PLAYER_LAST_NAME", "last_name", Kind::kText},
    {"PLAYER_SLUG", "slug", Kind::kText, Need::kIfReadable},
    {"TEAM_ID", "team_id", Kind::kInteger},
    {"TEAM_ABBREVIATION", "team_abbreviation", Kind::kText},
    {"JERSEY_NUMBER", "jersey_number", Kind::kText, Need::kIfReadable},
    {"POSITION", "position", Kind::kText, Need::kIfReadable},
    {"HEIGHT", "", Kind::kText, Need::kIfReadable},
    {"WEIGHT", "weight_pounds", Kind::kInteger, Need::kIfReadable},
    {"COLLEGE", "college", Kind::kText, Need::kIfReadable},
    {"COUNTRY", "country", Kind::kText, Need::kIfReadable},
    {"DRAFT_YEAR", "draft_year", Kind::kInteger, Need::kIfReadable},
    {"DRAFT_ROUND", "draft_round", Kind::kInteger, Need::kIfReadable},
    {"DRAFT_NUMBER", "draft_number", Kind::kInteger, Need::kIfReadable},
    {"ROSTER_STATUS", "roster_status", Kind::kInteger, Need::kIfReadable},
    {"FROM_YEAR", "from_year", Kind::kInteger, Need::kIfReadable},
    {"TO_YEAR", "to_year", Kind::kInteger, Need::kIfReadable},
};

constexpr std::array kColumns = sourced(
    std::array{
        Column{"player_id", Type::kInteger, true}.says("the player, as upstream numbers him", "id"),
        Column{"full_name"}.says("first and last name together", "text",
                                 "made of first_name and last_name"),
        Column{"first_name"}.says("first name", "text"),
        Column{"last_name"}.says("last name", "text"),
        Column{"slug"}.says("the name as upstream writes it in addresses, like jayson-tatum",
                            "text"),
        Column{"team_id", Type::kInteger}.says("the team that has him; NULL for none", "id"),
        Column{"team_abbreviation"}.says("that team's code of three letters; NULL for none",
                                         "text"),
        Column{"jersey_number"}.says(
            "the number on his back, a text as 00 is another than 0; NULL without a team", "text"),
        Column{"position"}.says("position or positions, like F-C", "text"),
        Column{"height_inches", Type::kInteger}.says("height", "inches", "made of HEIGHT, 6-8"),
        Column{"weight_pounds", Type::kInteger}.says("weight", "pounds"),
        Column{"college"}.says("the college, or where he comes from, as upstream tells it", "text"),
        Column{"country"}.says("the country that upstream tells for him", "text"),
        Column{"draft_year", Type::kInteger}.says(
            "the year of his draft; NULL for who was not drafted", "year"),
        Column{"draft_round", Type::kInteger}.says("the round in which he was drafted", "count"),
        Column{"draft_number", Type::kInteger}.says("the number of his pick in the whole draft",
                                                    "count"),
        Column{"roster_status", Type::kInteger}.says("whether a team has him", "0 or 1"),
        Column{"from_year", Type::kInteger}.says(
            "the first season that he played in, by the year in which it began", "year"),
        Column{"to_year", Type::kInteger}.says(
            "the last season that he played in, by the year in which it began", "year"),
        Column{"season"}.says("the newest season of which the row tells", "season", "the sync"),
    },
    "playerindex", kFields);
constexpr std::size_t kWidth = kColumns.size();

// What is left of a player whom no team has any more.
constexpr std::array kReleased = {
    Column{"player_id", Type::kInteger, true},
    Column{"team_id", Type::kInteger},
    Column{"team_abbreviation"},
    Column{"jersey_number"},
    Column{"roster_status", Type::kInteger},
};

constexpr Table kTable = {"players", kColumns, "synced_at", "",
                          "a player of today or of a season that was synced; nobody is removed"};
constexpr const Table* kTables[] = {&kTable};
constexpr std::size_t kHeight = 8;  // of kFields

std::vector<Request> requests(const SeasonFacts& facts) {
  return {{Host::kStats,
           "playerindex",
           {{"Active", ""},
            {"AllStar", ""},
            {"College", ""},
            {"Country", ""},
            {"DraftPick", ""},
            {"DraftYear", ""},
            {"Height", ""},
            {"Historical", ""},
            {"LeagueID", "00"},
            {"PlayerPosition", ""},
            {"Season", facts.season},
            {"TeamID", ""},
            {"Weight", ""}}}};
}

// Of feet and inches: 80 of "6-8".
Value inches(const Value& height) {
  const auto* text = std::get_if<std::string>(&height);
  if (text == nullptr) return {};
  const char* const end = text->data() + text->size();
  std::int64_t feet = 0;
  std::int64_t rest = 0;
  const auto [dash, first] = std::from_chars(text->data(), end, feet);
  if (first != std::errc() || dash == end || *dash != '-') return {};
  const auto [behind, second] = std::from_chars(dash + 1, end, rest);
  const bool is_height =
      second == std::errc() && behind == end && feet > 0 && feet < 10 && rest >= 0 && rest < 12;
  return is_height ? Value(12 * feet + rest) : Value();
}

// Upstream writes a dash where there is nothing.
void tidy(std::span<Value> row) {
  trim_texts(row);
  std::ranges::replace(row, Value(std::string("-")), Value());
}

std::string name_of(const Value* row) {
  std::string name;
  for (const auto column : {position(kColumns, "first_name"), position(kColumns, "last_name")}) {
    const auto* part = std::get_if<std::string>(&row[column]);
    if (part == nullptr) continue;
    if (!name.empty()) name += ' ';
    name += *part;
  }
  return name;
}

// No team is team 0 there.
void release(Value* row) {
  row[position(kColumns, "team_id")] = {};
  row[position(kColumns, "team_abbreviation")] = {};
  row[position(kColumns, "jersey_number")] = {};
  row[position(kColumns, "roster_status")] = std::int64_t{0};
}

Rows rows_of(const Grid& answer, const SeasonFacts& facts, bool is_newest) {
  Rows rows{kColumns, {}};
  rows.cells.resize(answer.size() * kWidth);
  const auto places = targets(kFields, kColumns);
  for (std::size_t r = 0; r < answer.size(); ++r) {
    Value* row = &rows.cells[r * kWidth];
    copy_cells(answer.row(r), places, row);
    tidy({row, kWidth});
    row[position(kColumns, "full_name")] = text_or_null(name_of(row));
    row[position(kColumns, "height_inches")] = inches(answer.row(r)[kHeight]);
    row[position(kColumns, "season")] = facts.season;
    const Value& team = row[position(kColumns, "team_id")];
    Value& status = row[position(kColumns, "roster_status")];
    if (is_null(status)) status = std::int64_t{0};
    if (!is_newest || is_null(team) || team == Value(std::int64_t{0})) release(row);
  }
  return rows;
}

// Those who are stored with a team and not in the answer.
Rows released(const Grid& answer, const SeasonFacts& facts) {
  auto gone = facts.rostered;
  for (std::size_t r = 0; r < answer.size(); ++r) {
    gone.erase(std::get<std::int64_t>(answer.row(r)[0]));
  }
  Rows rows{kReleased, {}};
  for (const auto id : gone) {
    rows.cells.insert(rows.cells.end(), {id, Value(), Value(), Value(), std::int64_t{0}});
  }
  return rows;
}

Decoded decode(JsonDecoder& json, std::span<const Fetched> answers, const SeasonFacts& facts) {
  const Grid answer = read_result_set(json, answers[0].body, "playerindex", "PlayerIndex", kFields);
  Decoded decoded;
  const bool is_newest = facts.season >= facts.newest_players;
  TableChange change{&kTable, rows_of(answer, facts, is_newest), {}, false};
  change.scope.name = format("{} {}", kTable.name, facts.season);
  change.updates = is_newest;
  Expectation& guard = change.guard.emplace();
  // Every season that has been played has players.
  guard.rows = facts.has_players || settled_games(facts, SeasonType::kRegular) > 0 ? 1 : 0;
  TableChange left{&kTable, {kReleased, {}}, {}, false};
  left.inserts = false;
  if (is_newest && answer.size() > 0) {
    left.rows = released(answer, facts);
    // In a summer many go, but not nearly as many.
    constexpr double kMostReleased = 0.25;
    guard.free = kMostReleased;
    guard.rows = facts.rostered.size();
    for (std::size_t r = 0; r < left.rows.size(); ++r) {
      guard.lost.push_back({left.rows.cells[r * kReleased.size()]});
    }
  } else if (answer.size() == 0 && guard.rows == 0) {
    decoded.note = format("upstream has no players of {} yet", facts.season);
  }
  decoded.changes.push_back(std::move(change));
  decoded.changes.push_back(std::move(left));
  return decoded;
}

}  // namespace
}  // namespace players

const Dataset kPlayers = {.name = "players",
                          .tables = players::kTables,
                          .lock = {.timeout = std::chrono::seconds{10}},
                          .stale_after = std::chrono::hours{7 * 24},
                          .requests = players::requests,
                          .decode = players::decode};

}  // namespace nbasync
