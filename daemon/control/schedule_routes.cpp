#include <optional>

#include <nlohmann/json.hpp>

#include "base/text.hpp"
#include "control/handlers.hpp"
#include "control/json_reply.hpp"
#include "control/problem.hpp"
#include "log/log.hpp"
#include "protocol/json.hpp"
#include "protocol/replies.hpp"

namespace nbasync::handle {
namespace {

// False, with the reply given, if this daemon has no such thing.
template <typename Door>
bool is_there(const Door& door, const Answer& answer) {
  if (!door) answer(no_scheduler());
  return static_cast<bool>(door);
}

}  // namespace

void pause(Api& api, const Call& call) {
  if (!is_there(api.doors.pause, call.answer)) return;
  api.doors.pause(call.by());
  call.answer(json_reply(200, protocol::to_json(protocol::PauseState{.paused = true})));
}

void resume(Api& api, const Call& call) {
  if (!is_there(api.doors.resume, call.answer)) return;
  api.doors.resume(call.by());
  call.answer(json_reply(200, protocol::to_json(protocol::PauseState{.paused = false})));
}

void reload(Api& api, const Call& call) { reload(api.doors, call); }

void reload(const Doors& doors, const Call& call) {
  if (!is_there(doors.reload, call.answer)) return;
  log::info("reload asked by={}", in_quotes(call.by()));
  doors.reload([answer = call.answer](const std::optional<Error>& error) {
    answer(error ? problem(error->code(), error->what())
                 : json_reply(200, protocol::to_json(protocol::Done())));
  });
}

void list_schedules(Api& api, const Call& call) {
  call.answer(json_reply(200, protocol::to_json(protocol::Schedules{api.doors.schedules()})));
}

void explain_schedule(Api& api, const Call& call) {
  if (!is_there(api.doors.explain, call.answer)) return;
  call.answer(json_reply(200, protocol::to_json(api.doors.explain(call.name))));
}

}  // namespace nbasync::handle
