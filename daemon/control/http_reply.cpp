#include "control/http_reply.hpp"

#include <nlohmann/json.hpp>

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

}  // namespace nbasync
