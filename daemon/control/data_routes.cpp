#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "base/text.hpp"
#include "control/handlers.hpp"
#include "control/problem.hpp"
#include "query/answer.hpp"
#include "query/queries.hpp"
#include "schedule/zone.hpp"

namespace nbasync::handle {
namespace {

// Whether the tag is in an If-None-Match: "*", or a list of tags, weak ones too.
bool is_known(std::string_view header, std::string_view etag) {
  while (!header.empty()) {
    const auto comma = header.find(',');
    auto tag = trimmed(header.substr(0, comma));
    header = comma == header.npos ? std::string_view() : header.substr(comma + 1);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == "*" || tag == etag) return true;
  }
  return false;
}

// As it is in the query: an empty text is one that is not given.
std::optional<std::string> given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string or_today(const std::string& date, const Clock& clock) {
  return date.empty() ? league_day(clock.wall()) : date;
}

HttpReply data_reply(QueryAnswer found, std::string_view known) {
  HttpReply reply;
  if (is_known(known, found.etag)) {
    reply.status = 304;
  } else {
    reply.content_type = "application/json";
    reply.body = std::move(found.json);
  }
  reply.headers.emplace_back("ETag", found.etag);
  reply.headers.emplace_back("Cache-Control", "no-cache");
  return reply;
}

void ask(Api& api, const Call& call, Query query) {
  const std::string known(call.request.header("if-none-match"));
  nbasync::ask(api.readers, std::move(query), [answer = call.answer, known](QueryReply reply) {
    respond(answer, [&] { return data_reply(value_of(std::move(reply)), known); });
  });
}

}  // namespace

void get_games(Api& api, const Call& call, const std::string& date) {
  ask(api, call, queries::games(or_today(date, api.clock)));
}

void get_teams(Api& api, const Call& call) { ask(api, call, queries::teams()); }

void get_team_stats(Api& api, const Call& call, const std::string& season,
                    const std::string& split) {
  ask(api, call, queries::team_stats(given(season), split));
}

void get_game_logs(Api& api, const Call& call, const std::string& team, const std::string& season,
                   unsigned limit) {
  ask(api, call, queries::game_logs(given(team), given(season), limit));
}

void get_schedule(Api& api, const Call& call, const std::string& from, const std::string& to,
                  unsigned limit) {
  ask(api, call, queries::schedule(or_today(from, api.clock), given(to), limit));
}

}  // namespace nbasync::handle
