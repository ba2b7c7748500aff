#include "control/run_reply.hpp"

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "protocol/status.hpp"

namespace nbasync {

HttpReply run_reply(const RunRecord& run, const nlohmann::json& more) {
  auto object = protocol::to_json(run);
  object.update(more);
  auto reply = json_reply(200, object);
  if (run.changes) {
    reply.body.erase(reply.body.rfind('}'));
    reply.body += format(",\"changes\":[{}],\"changes_truncated\":{}}}\n", run.changes->rows,
                         run.changes->truncated);
  }
  return reply;
}

}  // namespace nbasync
