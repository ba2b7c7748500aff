#include <algorithm>
#include <string>

#include "demo/files.hpp"

namespace nbasync::demo {
namespace {

Json periods(const std::vector<int>& points) {
  Json result = Json::array();
  for (std::size_t i = 0; i < points.size(); ++i) {
    result.push_back(
        {{"period", i + 1}, {"periodType", i < 4 ? "REGULAR" : "OVERTIME"}, {"score", points[i]}});
  }
  return result;
}

Json team(const Played& played, std::size_t side) {
  const auto& of_side = kTeams[static_cast<std::size_t>(played.team(side))];
  const bool live = played.game.stage == Stage::kLive;
  return {{"teamId", of_side.id},
          {"teamName", of_side.name},
          {"teamCity", of_side.city},
          {"teamTricode", of_side.tricode},
          {"wins", played.wins[side]},
          {"losses", played.losses[side]},
          {"score", played.points(side)},
          {"seed", nullptr},
          {"inBonus", live ? Json("0") : Json()},
          {"timeoutsRemaining", live ? 3 : 0},
          {"periods", periods(played.result.periods[side])}};
}

Json leader(const Played& played, std::size_t side) {
  return {{"personId", 0},
          {"name", ""},
          {"jerseyNum", ""},
          {"position", ""},
          {"teamTricode", kTeams[static_cast<std::size_t>(played.team(side))].tricode},
          {"playerSlug", nullptr},
          {"points", 0},
          {"rebounds", 0},
          {"assists", 0}};
}

Json game(const Played& played) {
  const auto& of = played.game;
  return {{"gameId", of.id},
          {"gameCode", of.code()},
          {"gameStatus", played.status()},
          {"gameStatusText", played.text},
          {"period", played.period},
          {"gameClock", played.clock},
          {"gameTimeUTC", iso_time(to_utc(of.tip_off, of.date))},
          {"gameEt", iso_time(of.tip_off)},  // with upstream's false Z
          {"regulationPeriods", 4},
          {"ifNecessary", of.if_necessary},
          {"seriesGameNumber", ""},
          {"gameLabel", of.label},
          {"gameSubLabel", of.sub_label},
          {"seriesText", ""},
          {"seriesConference", ""},
          {"poRoundDesc", ""},
          {"gameSubtype", of.subtype},
          {"homeTeam", team(played, 0)},
          {"awayTeam", team(played, 1)},
          {"gameLeaders", {{"homeLeaders", leader(played, 0)}, {"awayLeaders", leader(played, 1)}}},
          {"pbOdds", {{"team", nullptr}, {"odds", 0.0}, {"suspended", 0}}}};
}

}  // namespace

Json scoreboard(const Season& season) {
  // When the season is over, its last day stays.
  Day shown{};
  for (const auto& played : season) {
    if (played.game.date <= season.today) shown = std::max(shown, played.game.date);
  }
  Json games = Json::array();
  for (const auto& played : season) {
    if (played.game.date == shown) games.push_back(game(played));
  }
  return {{"meta",
           {{"version", 1},
            {"request", "made up by nbasync-demo-season"},
            {"time", iso_date(season.today) + " 05:05:00.0000"},
            {"code", 200}}},
          {"scoreboard",
           {{"gameDate", iso_date(shown)},
            {"leagueId", "00"},
            {"leagueName", "National Basketball Association"},
            {"games", std::move(games)}}}};
}

}  // namespace nbasync::demo
