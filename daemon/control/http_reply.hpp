#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace nbasync {

class EventReader;

// What a request is answered. A value.
struct HttpReply {
  int status = 200;
  std::string content_type;  // empty: there is no body
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<EventReader> events;  // then the body is what this delivers
};

// Gives the reply to one request: once, at once or later. Loop thread. A reply to somebody who has
// gone is thrown away; so is a second one.
using Answer = std::function<void(HttpReply)>;

// On one line, without its end.
std::string json_text(const nlohmann::json& json);

HttpReply json_reply(int status, const nlohmann::json& json);
HttpReply text_reply(int status, std::string text);

}  // namespace nbasync
