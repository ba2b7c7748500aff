#include <fmt/format.h>

#include <string>

#include "demo/files.hpp"

namespace nbasync::demo {
namespace {

using std::chrono::days;

// "04/12/2026 00:00:00"
std::string date_of(Day date) {
  const auto iso = iso_date(date);
  return iso.substr(5, 2) + '/' + iso.substr(8, 2) + '/' + iso.substr(0, 4) + " 00:00:00";
}

std::string weekday(Day date) {
  constexpr std::array kNames{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  return kNames.at(std::chrono::weekday{date}.c_encoding());
}

Json broadcasters() {
  Json result = Json::object();
  for (const auto* kind :
       {"nationalTvBroadcasters", "nationalRadioBroadcasters", "nationalOttBroadcasters",
        "homeTvBroadcasters", "homeRadioBroadcasters", "homeOttBroadcasters", "awayTvBroadcasters",
        "awayRadioBroadcasters", "awayOttBroadcasters", "intlRadioBroadcasters",
        "intlTvBroadcasters", "intlOttBroadcasters"}) {
    result[kind] = Json::array();
  }
  return result;
}

Json scheduled_team(const Played& played, std::size_t side) {
  const auto& of_side = kTeams[static_cast<std::size_t>(played.team(side))];
  return {
      {"teamId", of_side.id},           {"teamName", of_side.name},     {"teamCity", of_side.city},
      {"teamTricode", of_side.tricode}, {"teamSlug", of_side.slug},     {"wins", played.wins[side]},
      {"losses", played.losses[side]},  {"score", played.points(side)}, {"seed", 0}};
}

// A team that is not known yet.
Json nobody() {
  return {{"teamId", 0}, {"teamName", ""}, {"teamCity", ""}, {"teamTricode", ""}, {"teamSlug", ""},
          {"wins", 0},   {"losses", 0},    {"score", 0},     {"seed", 0}};
}

Json entry(const Played& played, int sequence) {
  const auto& game = played.game;
  const auto zone = [&](int team) { return kTeams[static_cast<std::size_t>(team)].zone; };
  const auto local = [&](int team) {
    return iso_time(game.tip_off + ahead_of_eastern(zone(team), game.date));
  };
  const auto utc = to_utc(game.tip_off, game.date);
  const unsigned month{std::chrono::year_month_day{game.date}.month()};
  const bool halted = game.stage == Stage::kHalted;
  return {{"gameId", game.id},
          {"gameCode", game.code()},
          {"gameStatus", played.status()},
          {"gameStatusText", played.text},
          {"gameSequence", sequence},
          {"gameDateEst", iso_time(game.date)},
          {"gameTimeEst", time_of_day(game.tip_off)},
          {"gameDateTimeEst", iso_time(game.tip_off)},  // with upstream's false Z
          {"gameDateUTC", iso_time(to_utc(game.date, game.date))},
          {"gameTimeUTC", time_of_day(utc)},
          {"gameDateTimeUTC", iso_time(utc)},
          {"awayTeamTime", local(game.away)},
          {"homeTeamTime", local(game.home)},
          {"day", weekday(game.date)},
          {"monthNum", month},
          {"weekNumber", 1 + (game.date - day(2025, 10, 20)).count() / 7},
          {"weekName", ""},
          {"ifNecessary", game.if_necessary},
          {"seriesGameNumber", ""},
          {"gameLabel", game.label},
          {"gameSubLabel", game.sub_label},
          {"seriesText", ""},
          {"arenaName", game.arena.name},
          {"arenaState", game.arena.state},
          {"arenaCity", game.arena.city},
          {"postponedStatus", halted ? "P" : "A"},
          {"branchLink", ""},
          {"gameSubtype", game.subtype},
          {"isNeutral", game.neutral},
          {"broadcasters", broadcasters()},
          {"homeTeam", scheduled_team(played, 0)},
          {"awayTeam", scheduled_team(played, 1)},
          {"pointsLeaders", Json::array()}};
}

// Summer League: another league's games, as upstream's schedule has them before a season.
void add_foreign(Json& dates, const Season& season) {
  constexpr Day kSummer = day(2025, 7, 10);
  Json games = Json::array();
  for (int i = 0; i < 4; ++i) {
    Played played = season[static_cast<std::size_t>(i)];
    auto& game = played.game;
    game.id = fmt::format("15225{:05}", i + 1);
    game.date = kSummer;
    game.tip_off = kSummer + minutes{15 * 60 + 30 * i};
    game.arena = {"Thomas & Mack Center", "Las Vegas", "NV"};
    game.neutral = true;
    Json entry_of = entry(played, i + 1);
    if (i == 3) {  // the final, whose teams nobody has filled in
      entry_of["gameCode"] = "";
      entry_of["gameStatus"] = 1;
      entry_of["gameStatusText"] = "TBD";
      entry_of["homeTeam"] = entry_of["awayTeam"] = nobody();
    }
    games.push_back(std::move(entry_of));
  }
  dates.push_back({{"gameDate", date_of(kSummer)}, {"games", std::move(games)}});
}

// A game that was to be played two days before stands there still.
Json moved_from(const Played& played, Day date) {
  Played before = played;
  before.game.tip_off -= before.game.date - date;
  before.game.date = date;
  before.game.stage = Stage::kHalted;
  before.text = "PPD";
  before.result = {};
  return entry(before, 99);
}

}  // namespace

Json league_schedule(const Season& season) {
  constexpr std::size_t kMoved = 400;
  Json dates = Json::array();
  add_foreign(dates, season);
  const auto& moved = season[kMoved];
  Day date{};
  for (const auto& played : season) {
    if (played.game.date != date) {
      date = played.game.date;
      dates.push_back({{"gameDate", date_of(date)}, {"games", Json::array()}});
    }
    auto& games = dates.back()["games"];
    const bool is_last = &played == &season.back() || (&played)[1].game.date != date;
    games.push_back(entry(played, static_cast<int>(games.size()) + 1));
    if (is_last && date == moved.game.date - days{2}) games.push_back(moved_from(moved, date));
  }
  return {{"meta",
           {{"version", 1},
            {"request", "made up by nbasync-demo-season"},
            {"time", iso_time(to_utc(season.today, season.today) + hours{9})}}},
          {"leagueSchedule",
           {{"seasonYear", kSeason},
            {"leagueId", "00"},
            {"gameDates", std::move(dates)},
            {"weeks", Json::array()},
            {"broadcasterList", Json::array()}}}};
}

}  // namespace nbasync::demo
