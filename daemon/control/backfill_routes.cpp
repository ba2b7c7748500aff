#include <string>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "control/handlers.hpp"
#include "control/json_reply.hpp"
#include "control/problem.hpp"
#include "protocol/json.hpp"

namespace nbasync::handle {
namespace {

using nlohmann::json;

constexpr const char* kForm = R"(the body must be {"from": "2015-16", "to": "2024-25"})";

std::string season_of(const json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || !found->is_string()) throw Error(Errc::kInvalidArgument, kForm);
  return *found;
}

// False, with the reply given, if this daemon has no such thing.
bool is_there(const Api& api, const Call& call) {
  const bool there = static_cast<bool>(api.doors.backfill);
  if (!there) call.answer(problem(503, "internal", "this daemon has no scheduler"));
  return there;
}

}  // namespace

void start_backfill(Api& api, const Call& call) {
  if (!is_there(api, call)) return;
  const auto body = json::parse(call.request.body, nullptr, false);
  if (!body.is_object()) throw Error(Errc::kInvalidArgument, kForm);
  for (const auto& [name, value] : body.items()) {
    if (name == "from" || name == "to") continue;
    throw Error(Errc::kInvalidArgument,
                format("unknown key {}; {}", in_quotes(name, kLongestExcerpt), kForm));
  }
  const auto from = season_of(body, "from");
  const auto to = season_of(body, "to");
  const protocol::BackfillBegun begun{true, api.doors.backfill(from, to, call.by()), from, to};
  call.answer(json_reply(202, protocol::to_json(begun)));
}

void get_backfill(Api& api, const Call& call) {
  const auto state = api.doors.backfill_state();
  call.answer(json_reply(200, {{"backfill", state ? protocol::to_json(*state) : json()}}));
}

void stop_backfill(Api& api, const Call& call) {
  if (!is_there(api, call)) return;
  const bool stopped = api.doors.stop_backfill(call.by());
  call.answer(json_reply(200, {{"success", true}, {"stopped", stopped}}));
}

}  // namespace nbasync::handle
