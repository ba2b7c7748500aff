#include "ctl/view/standings_text.hpp"

#include "base/format.hpp"
#include "ctl/view/figure_text.hpp"
#include "ctl/view/table.hpp"

namespace nbasync::ctl {
namespace {

using protocol::Standing;

std::string games_back(const std::optional<double>& games) {
  return !games || *games == 0 ? "-" : decimal_text(games, 1);
}

}  // namespace

std::string standings_text(const std::vector<Standing>& standings, const Terminal& terminal) {
  constexpr auto kRight = Table::Align::kRight;
  std::string text;
  for (std::size_t i = 0; i < standings.size();) {
    const auto& conference = standings[i].conference;
    Table table({{"", kRight},
                 {"TEAM"},
                 {"W", kRight},
                 {"L", kRight},
                 {"PCT", kRight},
                 {"BACK", kRight},
                 {"HOME", kRight},
                 {"AWAY", kRight},
                 {"LAST 10", kRight},
                 {"STREAK"}});
    const auto& season = standings[i].season;
    for (; i < standings.size() && standings[i].conference == conference; ++i) {
      const auto& team = standings[i];
      table.add({team.conference_rank ? format("{}", *team.conference_rank) : "",
                 team.city + ' ' + team.name, format("{}", team.wins), format("{}", team.losses),
                 share_text(team.win_pct), games_back(team.conference_games_back), team.home_record,
                 team.road_record, team.last_10, team.streak});
    }
    if (!text.empty()) text += '\n';
    text += format("{}{}{}\n\n", season, conference.empty() ? "" : ", ", conference);
    text += table.render(terminal);
  }
  return text;
}

}  // namespace nbasync::ctl
