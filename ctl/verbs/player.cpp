#include <memory>
#include <string>
#include <vector>

#include "base/format.hpp"
#include "ctl/verbs/print.hpp"
#include "ctl/verbs/verb.hpp"
#include "ctl/view/player_text.hpp"
#include "protocol/errors.hpp"

namespace nbasync::ctl {
namespace {

constexpr unsigned kLastGames = 10;

template <typename T>
std::vector<Json> items_of(const Answer<std::vector<T>>& answer) {
  std::vector<Json> items;
  for (std::size_t i = 0; i < answer->size(); ++i) items.push_back(item_of(answer.json, i));
  return items;
}

// Each as a list, so that programs find the same members always; the last two are of the one player
// that was found.
void print_players(Context& context, const Answer<std::vector<Player>>& players,
                   const Answer<std::vector<PlayerSeason>>& seasons = {},
                   const Answer<std::vector<PlayerGame>>& games = {}) {
  print_json(context, {{"players", items_of(players)},
                       {"player_stats", items_of(seasons)},
                       {"player_game_logs", items_of(games)}});
}

int show_player(Context& context, const std::string& name) {
  const auto players = context.client.players(name);
  if (context.quiet && !context.json) {
    for (const auto& player : players.value) context.out << player.player_id << '\n';
    return players->empty() ? protocol::kExitNotFound : protocol::kExitDone;
  }
  if (players->size() == 1) {
    const auto& player = players->front();
    const auto seasons = context.client.player_seasons(player.player_id);
    const auto games = context.client.player_games(player.player_id, kLastGames);
    if (context.json) {
      print_players(context, players, seasons, games);
    } else {
      context.out << player_text(player, seasons.value, games.value, context.out_terminal);
    }
    return protocol::kExitDone;
  }
  if (context.json) {
    print_players(context, players);
  } else if (players->empty()) {
    context.err << format(
        "no player is known whose name has '{}' in it; 'nbasyncctl sync "
        "players' fetches those of today\n",
        name);
  } else {
    context.out << players_text(players.value, context.out_terminal);
  }
  return players->empty() ? protocol::kExitNotFound : protocol::kExitDone;
}

}  // namespace

Command define_player() {
  const auto name = std::make_shared<std::string>();
  return {.options = {{.name = "NAME",
                       .help = "A part of the name, in any case, with its marks or without",
                       .place = name.get(),
                       .required = true}},
          .examples =
              "  nbasyncctl player doncic\n"
              "  nbasyncctl player 'van dijk' --json | jq '.player_stats[0].points'\n",
          .action = [name](Context& context) { return show_player(context, *name); }};
}

}  // namespace nbasync::ctl
