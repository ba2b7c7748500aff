#include "control/json_reply.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "base/format.hpp"
#include "control/media.hpp"
#include "protocol/json.hpp"
#include "protocol/run_answers.hpp"

namespace nbasync {

std::string json_text(const nlohmann::json& json) {
  // What upstream or a file name brought along may be no UTF-8; it must not cost the whole reply.
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

HttpReply json_reply(int status, const nlohmann::json& json) {
  return {status, media::kJson, json_text(json) + '\n', {}, nullptr};
}

HttpReply text_reply(int status, std::string text) {
  return {status, media::kText, std::move(text), {}, nullptr};
}

HttpReply metrics_reply(std::string text) {
  auto reply = text_reply(200, std::move(text));
  reply.content_type = media::kMetrics;
  return reply;
}

HttpReply run_reply(const RunRecord& run) {
  return with_changes(json_reply(200, protocol::to_json(protocol::RunAnswer{run})), run);
}

HttpReply with_changes(HttpReply reply, const RunRecord& run) {
  if (run.changes) {
    reply.body.erase(reply.body.rfind('}'));
    reply.body += format(",\"changes\":[{}],\"changes_truncated\":{}}}\n", run.changes->rows,
                         run.changes->truncated);
  }
  return reply;
}

}  // namespace nbasync
