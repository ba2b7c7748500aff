#include "ctl/view/player_text.hpp"

#include <optional>

#include "base/format.hpp"
#include "ctl/view/figure_text.hpp"
#include "ctl/view/table.hpp"

namespace nbasync::ctl {
namespace {

using protocol::Player;
using protocol::PlayerGame;
using protocol::PlayerSeason;

std::string figure_text(const std::optional<std::int64_t>& number) {
  return number ? format("{}", *number) : "-";
}

// "6-8".
std::string height_text(const std::optional<std::int64_t>& inches) {
  return inches ? format("{}-{}", *inches / 12, *inches % 12) : "";
}

std::string years_text(const Player& player) {
  if (!player.from_year || !player.to_year) return "";
  return format("{}-{}", *player.from_year, *player.to_year);
}

std::string draft_text(const Player& player) {
  if (!player.draft_year) return "";
  return format("drafted {} ({}, {})", *player.draft_year, figure_text(player.draft_round),
                figure_text(player.draft_number));
}

// What is known, with commas between.
std::string line_of(std::initializer_list<std::string> parts) {
  std::string line;
  for (const auto& part : parts) {
    if (part.empty()) continue;
    if (!line.empty()) line += ", ";
    line += part;
  }
  return line;
}

std::string headline(const Player& player) {
  const auto weight = player.weight_pounds ? format("{} lb", *player.weight_pounds) : "";
  const auto jersey = player.jersey_number.empty() ? "" : "#" + player.jersey_number;
  const auto team = player.team_abbreviation.empty() ? "no team" : player.team_abbreviation;
  auto text = player.full_name + '\n';
  text +=
      line_of({team, jersey, player.position, height_text(player.height_inches), weight}) + '\n';
  const auto origin =
      line_of({player.college, player.country, draft_text(player), years_text(player)});
  if (!origin.empty()) text += origin + '\n';
  return text;
}

std::string seasons_text(const std::vector<PlayerSeason>& seasons, const Terminal& terminal) {
  constexpr auto kRight = Table::Align::kRight;
  Table table({{"SEASON"},
               {""},
               {"TEAM"},
               {"GP", kRight},
               {"MIN", kRight},
               {"PTS", kRight},
               {"REB", kRight},
               {"AST", kRight},
               {"STL", kRight},
               {"BLK", kRight},
               {"TOV", kRight},
               {"FG", kRight},
               {"3P", kRight},
               {"FT", kRight}});
  for (const auto& season : seasons) {
    table.add({season.season, season.split_type == "overall" ? "" : season.split_type,
               season.team_abbreviation, format("{}", season.games_played),
               decimal_text(season.minutes, 1), decimal_text(season.points, 1),
               decimal_text(season.rebounds, 1), decimal_text(season.assists, 1),
               decimal_text(season.steals, 1), decimal_text(season.blocks, 1),
               decimal_text(season.turnovers, 1), share_text(season.fg_pct),
               share_text(season.fg3_pct), share_text(season.ft_pct)});
  }
  return table.render(terminal);
}

std::string games_text(const std::vector<PlayerGame>& games, const Terminal& terminal) {
  constexpr auto kRight = Table::Align::kRight;
  Table table({{"DATE"},
               {"GAME"},
               {""},
               {"MIN", kRight},
               {"PTS", kRight},
               {"REB", kRight},
               {"AST", kRight},
               {"FG", kRight},
               {"+/-", kRight},
               {"NOTE"}});
  for (const auto& game : games) {
    const bool usual = game.game_type.empty() || game.game_type == "Regular Season";
    table.add({game.game_date, game.matchup, game.win_loss, decimal_text(game.minutes, 0),
               figure_text(game.points), figure_text(game.rebounds), figure_text(game.assists),
               figure_text(game.fgm) + '/' + figure_text(game.fga),
               game.plus_minus ? format("{:+.0f}", *game.plus_minus) : "-",
               usual ? "" : game.game_type});
  }
  return table.render(terminal);
}

}  // namespace

std::string player_text(const Player& player, const std::vector<PlayerSeason>& seasons,
                        const std::vector<PlayerGame>& games, const Terminal& terminal) {
  auto text = headline(player);
  if (!seasons.empty()) text += '\n' + seasons_text(seasons, terminal);
  if (!games.empty()) text += '\n' + games_text(games, terminal);
  return text;
}

std::string players_text(const std::vector<Player>& players, const Terminal& terminal) {
  constexpr auto kRight = Table::Align::kRight;
  Table table({{"ID", kRight}, {"PLAYER"}, {"TEAM"}, {"", kRight}, {"POSITION"}, {"YEARS"}});
  for (const auto& player : players) {
    table.add({format("{}", player.player_id), player.full_name, player.team_abbreviation,
               player.jersey_number, player.position, years_text(player)});
  }
  return table.render(terminal);
}

}  // namespace nbasync::ctl
