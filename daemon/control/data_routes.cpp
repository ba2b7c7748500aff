#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "control/api.hpp"
#include "control/parameters.hpp"
#include "control/problem.hpp"
#include "query/queries.hpp"
#include "query/reader_pool.hpp"
#include "schedule/zone.hpp"

namespace nbasync::handle {
namespace {

constexpr unsigned kDefaultLogs = 100;
constexpr unsigned kDefaultGames = 1500;  // more than a season has
constexpr unsigned kMostRows = 5000;

// Whether the tag is in an If-None-Match: "*", or a list of tags, weak ones too.
bool is_known(std::string_view header, std::string_view etag) {
  while (!header.empty()) {
    const auto comma = header.find(',');
    auto tag = header.substr(0, comma);
    header = comma == header.npos ? std::string_view() : header.substr(comma + 1);
    tag.remove_prefix(std::min(tag.find_first_not_of(" \t"), tag.size()));
    tag = tag.substr(0, tag.find_last_not_of(" \t") + 1);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == "*" || tag == etag) return true;
  }
  return false;
}

void ask(Api& api, const HttpRequest& request, Question question, const Answer& answer) {
  api.readers.ask(std::move(question),
                  [answer, known = std::string(request.header("if-none-match"))](QueryReply reply) {
                    if (const auto* error = std::get_if<Error>(&reply)) {
                      answer(problem(error->code(), error->what()));
                      return;
                    }
                    auto& found = std::get<QueryAnswer>(reply);
                    HttpReply result;
                    if (is_known(known, found.etag)) {
                      result.status = 304;
                    } else {
                      result.content_type = "application/json";
                      result.body = std::move(found.json);
                    }
                    result.headers.emplace_back("ETag", found.etag);
                    result.headers.emplace_back("Cache-Control", "no-cache");
                    answer(std::move(result));
                  });
}

}  // namespace

void get_games(Api& api, const HttpRequest& request, const std::string&, const Answer& answer) {
  const Parameters parameters(request, {"date"});
  const auto date = parameters.date("date");
  ask(api, request, queries::games(date ? *date : league_day(api.clock.wall())), answer);
}

void get_teams(Api& api, const HttpRequest& request, const std::string&, const Answer& answer) {
  Parameters(request, {});
  ask(api, request, queries::teams(), answer);
}

void get_team_stats(Api& api, const HttpRequest& request, const std::string&,
                    const Answer& answer) {
  const Parameters parameters(request, {"season", "split"});
  const auto split = parameters.word("split", {"overall", "home", "away", "all"});
  ask(api, request, queries::team_stats(parameters.season("season"), split.value_or("overall")),
      answer);
}

void get_game_logs(Api& api, const HttpRequest& request, const std::string&, const Answer& answer) {
  const Parameters parameters(request, {"team", "season", "limit"});
  const auto limit = parameters.limit("limit", kDefaultLogs, kMostRows);
  ask(api, request, queries::game_logs(parameters.team("team"), parameters.season("season"), limit),
      answer);
}

void get_schedule(Api& api, const HttpRequest& request, const std::string&, const Answer& answer) {
  const Parameters parameters(request, {"from", "to", "limit"});
  const auto from = parameters.date("from");
  const auto limit = parameters.limit("limit", kDefaultGames, kMostRows);
  ask(api, request,
      queries::schedule(from ? *from : league_day(api.clock.wall()), parameters.date("to"), limit),
      answer);
}

}  // namespace nbasync::handle
