#include <nlohmann/json.hpp>

#include "control/handlers.hpp"
#include "control/json_reply.hpp"
#include "control/problem.hpp"
#include "protocol/json.hpp"

namespace nbasync::handle {
namespace {

// False, with the reply given, if this daemon has no such thing.
bool is_there(const Api& api, const Call& call) {
  const bool there = static_cast<bool>(api.doors.backfill);
  if (!there) call.answer(no_scheduler());
  return there;
}

}  // namespace

void start_backfill(Api& api, const Call& call, const protocol::BackfillWish& wish) {
  if (!is_there(api, call)) return;
  const protocol::BackfillBegun begun{true, api.doors.backfill(wish.from, wish.to, call.by()),
                                      wish.from, wish.to};
  call.answer(json_reply(202, protocol::to_json(begun)));
}

void get_backfill(Api& api, const Call& call) {
  const protocol::BackfillReport report{api.doors.backfill_state()};
  call.answer(json_reply(200, protocol::to_json(report)));
}

void stop_backfill(Api& api, const Call& call) {
  if (!is_there(api, call)) return;
  const protocol::BackfillStopped told{.stopped = api.doors.stop_backfill(call.by())};
  call.answer(json_reply(200, protocol::to_json(told)));
}

}  // namespace nbasync::handle
