#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/format.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "control/handlers.hpp"
#include "control/media.hpp"
#include "control/problem.hpp"
#include "control/tagged_reply.hpp"
#include "query/answer_cache.hpp"
#include "query/queries.hpp"
#include "schedule/zone.hpp"

namespace nbasync::handle {
namespace {

// As it is in the query: an empty text is one that is not given.
std::optional<std::string> given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string or_today(const std::string& date, const Clock& clock) {
  return date.empty() ? league_day(clock.wall()) : date;
}

HttpReply not_filled(const std::string& story) {
  return problem(problems::kFirstSync, format("there is no data yet: {}", story));
}

// That there is no data yet is not told as if there were none.
HttpReply reply_of(const Api& api, QueryAnswer found, const std::string& known) {
  if (found.rows == 0) {
    if (const auto story = api.doors.first_sync(); !story.empty()) return not_filled(story);
  }
  return tagged_reply(media::kJson, std::move(found.json), found.etag, known);
}

void ask(Api& api, const Call& call, Query query) {
  const std::string known(call.request.header("if-none-match"));
  if (const auto* kept = api.answers.find(query)) return call.answer(reply_of(api, *kept, known));
  api.answers.ask(std::move(query), [&api, answer = call.answer, known](QueryReply reply) {
    respond(answer, [&] { return reply_of(api, value_of(std::move(reply)), known); });
  });
}

}  // namespace

void get_games(Api& api, const Call& call, const std::string& date) {
  ask(api, call, queries::games(or_today(date, api.clock)));
}

void get_teams(Api& api, const Call& call) { ask(api, call, queries::teams()); }

void get_standings(Api& api, const Call& call, const std::string& season) {
  ask(api, call, queries::standings(given(season)));
}

void get_team_stats(Api& api, const Call& call, const std::string& season, const std::string& type,
                    const std::string& split) {
  ask(api, call, queries::team_stats(given(season), type, split));
}

void get_game_logs(Api& api, const Call& call, const std::string& team, const std::string& season,
                   const std::string& type, unsigned limit) {
  ask(api, call, queries::game_logs(given(team), given(season), type, limit));
}

void get_players(Api& api, const Call& call, const std::string& team, const std::string& name,
                 unsigned limit) {
  ask(api, call, queries::players(given(team), given(name), limit));
}

void get_player_game_logs(Api& api, const Call& call, const std::string& player,
                          const std::string& team, const std::string& season,
                          const std::string& type, unsigned limit) {
  ask(api, call, queries::player_game_logs(given(player), given(team), given(season), type, limit));
}

void get_player_stats(Api& api, const Call& call, const std::string& season,
                      const std::string& split, const std::string& player, const std::string& team,
                      unsigned limit) {
  ask(api, call, queries::player_stats(given(season), split, given(player), given(team), limit));
}

void get_schedule(Api& api, const Call& call, const std::string& from, const std::string& to,
                  unsigned limit) {
  ask(api, call, queries::schedule(or_today(from, api.clock), given(to), limit));
}

}  // namespace nbasync::handle
