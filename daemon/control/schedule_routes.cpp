#include <optional>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "control/api.hpp"
#include "control/json_reply.hpp"
#include "control/parameters.hpp"
#include "control/problem.hpp"
#include "log/log.hpp"
#include "protocol/schedules.hpp"

namespace nbasync::handle {
namespace {

// False, with the reply given, if this daemon has no such thing.
template <typename Door>
bool is_there(const Door& door, const Answer& answer) {
  if (!door) answer(problem(503, "internal", "this daemon has no scheduler"));
  return static_cast<bool>(door);
}

}  // namespace

void pause(Api& api, const HttpRequest& request, const std::string&, const Answer& answer) {
  Parameters(request, {});
  if (!is_there(api.doors.pause, answer)) return;
  log::info("pause asked by={}", in_quotes(to_string(request.peer)));
  api.doors.pause(to_string(request.peer));
  answer(json_reply(200, {{"success", true}, {"paused", true}}));
}

void resume(Api& api, const HttpRequest& request, const std::string&, const Answer& answer) {
  Parameters(request, {});
  if (!is_there(api.doors.resume, answer)) return;
  log::info("resume asked by={}", in_quotes(to_string(request.peer)));
  api.doors.resume(to_string(request.peer));
  answer(json_reply(200, {{"success", true}, {"paused", false}}));
}

void reload(Api& api, const HttpRequest& request, const std::string&, const Answer& answer) {
  Parameters(request, {});
  if (!is_there(api.doors.reload, answer)) return;
  log::info("reload asked by={}", in_quotes(to_string(request.peer)));
  api.doors.reload([answer](const std::optional<Error>& error) {
    answer(error ? problem(error->code(), error->what()) : json_reply(200, {{"success", true}}));
  });
}

void list_schedules(Api& api, const HttpRequest& request, const std::string&,
                    const Answer& answer) {
  Parameters(request, {});
  auto list = nlohmann::json::array();
  for (const auto& schedule : api.doors.schedules()) {
    list.push_back(protocol::to_json(schedule));
  }
  answer(json_reply(200, {{"schedules", std::move(list)}}));
}

void explain_schedule(Api& api, const HttpRequest& request, const std::string& schedule,
                      const Answer& answer) {
  Parameters(request, {});
  if (!is_there(api.doors.explain, answer)) return;
  answer(json_reply(200, protocol::to_json(api.doors.explain(schedule))));
}

}  // namespace nbasync::handle
