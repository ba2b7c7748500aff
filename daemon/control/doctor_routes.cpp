#include <nlohmann/json.hpp>

#include "control/handlers.hpp"
#include "control/json_reply.hpp"
#include "protocol/json.hpp"

namespace nbasync::handle {

void get_doctor(Api& api, const Call& call) {
  api.doors.doctor([answer = call.answer](const protocol::Diagnosis& diagnosis) {
    answer(json_reply(200, protocol::to_json(diagnosis)));
  });
}

}  // namespace nbasync::handle
