#include <fmt/format.h>

#include "demo/files.hpp"
#include "demo/players.hpp"
#include "demo/result_set.hpp"

namespace nbasync::demo {
namespace {

Json row_of(const Player& player, Day today) {
  const int at = team_of(player, today);
  const Team* team = at < 0 ? nullptr : &kTeams[static_cast<std::size_t>(at)];
  const auto of_team = [&](const char* text) { return team == nullptr ? Json() : Json(text); };
  const auto picked = [&](int figure) { return player.pick == 0 ? Json() : Json(figure); };
  return {player.id,
          player.last,
          player.first,
          player.slug(),
          team == nullptr ? 0 : team->id,
          of_team(team == nullptr ? "" : team->slug),
          0,
          of_team(team == nullptr ? "" : team->city),
          of_team(team == nullptr ? "" : team->name),
          of_team(team == nullptr ? "" : team->tricode),
          of_team(player.jersey.c_str()),
          player.position,
          fmt::format("{}-{}", player.height / 12, player.height % 12),
          std::to_string(player.weight),
          player.college,
          player.country,
          picked(player.first_year),
          picked(player.pick <= 30 ? 1 : 2),
          picked(player.pick),
          team == nullptr ? Json() : Json(1.0),
          std::to_string(player.first_year),
          "2025",
          nullptr,
          nullptr,
          nullptr,
          "Season"};
}

}  // namespace

Json player_index(const Season& season) {
  Table table{{"PERSON_ID",
               "PLAYER_LAST_NAME",
               "PLAYER_FIRST_NAME",
               "PLAYER_SLUG",
               "TEAM_ID",
               "TEAM_SLUG",
               "IS_DEFUNCT",
               "TEAM_CITY",
               "TEAM_NAME",
               "TEAM_ABBREVIATION",
               "JERSEY_NUMBER",
               "POSITION",
               "HEIGHT",
               "WEIGHT",
               "COLLEGE",
               "COUNTRY",
               "DRAFT_YEAR",
               "DRAFT_ROUND",
               "DRAFT_NUMBER",
               "ROSTER_STATUS",
               "FROM_YEAR",
               "TO_YEAR",
               "PTS",
               "REB",
               "AST",
               "STATS_TIMEFRAME"},
              {}};
  for (const auto& player : players()) table.rows.push_back(row_of(player, season.today));
  Json parameters = {{"LeagueID", "00"}, {"Season", kSeason}, {"Historical", 0}, {"TeamID", 0}};
  return envelope("playerindex", std::move(parameters), "PlayerIndex", std::move(table));
}

}  // namespace nbasync::demo
