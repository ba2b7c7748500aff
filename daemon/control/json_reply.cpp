#include "control/json_reply.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "protocol/json.hpp"

namespace nbasync {

std::string json_text(const nlohmann::json& json) {
  // What upstream or a file name brought along may be no UTF-8; it must not cost the whole reply.
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

HttpReply json_reply(int status, const nlohmann::json& json) {
  return {status, "application/json", json_text(json) + '\n', {}, nullptr};
}

HttpReply text_reply(int status, std::string text) {
  return {status, "text/plain; charset=utf-8", std::move(text), {}, nullptr};
}

HttpReply metrics_reply(std::string text) {
  auto reply = text_reply(200, std::move(text));
  reply.content_type = "text/plain; version=0.0.4; charset=utf-8";
  return reply;
}

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
