#include "control/sync_body.hpp"

#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"
#include "control/parameters.hpp"

namespace nbasync {
namespace {

using nlohmann::json;

constexpr int kDeepest = 8;  // levels of JSON; one is all that is needed

[[noreturn]] void refuse_key(std::string_view name, std::string_view why) {
  throw Error(Errc::kInvalidArgument, format("'{}': {}", name, why));
}

json parse_object(const std::string& text) {
  const auto shallow = [](int depth, json::parse_event_t, json&) {
    if (depth > kDeepest) {
      throw Error(Errc::kInvalidArgument, "request body: is nested too deeply");
    }
    return true;
  };
  try {
    auto object = json::parse(text, shallow);
    if (object.is_object()) return object;
  } catch (const json::exception&) {
    throw Error(Errc::kInvalidArgument,
                R"(request body: is no JSON; write {"sync_type":"full"}, for example)");
  }
  throw Error(Errc::kInvalidArgument,
              R"(request body: must be a JSON object like {"sync_type":"full"})");
}

std::string read_text(std::string_view name, const json& value) {
  if (!value.is_string()) refuse_key(name, "must be a string");
  return value.get<std::string>();
}

bool read_flag(std::string_view name, const json& value) {
  if (!value.is_boolean()) refuse_key(name, "must be true or false");
  return value.get<bool>();
}

Duration read_duration(std::string_view name, const json& value) {
  if (value.is_number()) return parse_seconds_or_duration(name, value.dump());
  if (value.is_string()) return parse_seconds_or_duration(name, value.get<std::string>());
  refuse_key(name, "must be a number of seconds, or a duration like \"5m\"");
}

IfBusy read_if_busy(std::string_view name, const json& value) {
  const auto word = read_text(name, value);
  if (word == "queue") return IfBusy::kQueue;
  if (word == "fail") return IfBusy::kFail;
  if (word == "join") return IfBusy::kJoin;
  refuse_key(name, format("{} is none of queue, fail, join", in_quotes(word)));
}

// False if there is no such key.
bool read_key(SyncBody& body, const std::string& name, const json& value) {
  auto& request = body.request;
  if (name == "sync_type") {
    request.sync_type = read_text(name, value);
  } else if (name == "season") {
    request.season = read_text(name, value);
  } else if (name == "async") {
    body.async = read_flag(name, value);
  } else if (name == "wait") {
    request.wait = read_flag(name, value);
  } else if (name == "timeout") {
    request.timeout = read_duration(name, value);
  } else if (name == "if_busy") {
    request.if_busy = read_if_busy(name, value);
  } else if (name == "run_timeout") {
    request.run_timeout = read_duration(name, value);
    if (request.run_timeout->count() == 0) refuse_key(name, "must be more than 0");
  } else if (name == "dry_run") {
    request.dry_run = read_flag(name, value);
  } else if (name == "force") {
    request.force = read_flag(name, value);
  } else {
    return false;
  }
  return true;
}

}  // namespace

SyncBody parse_sync_body(const std::string& text) {
  SyncBody body;
  const auto object = parse_object(text);
  for (const auto& [name, value] : object.items()) {
    if (value.is_null()) continue;
    if (!read_key(body, name, value)) {
      throw Error(Errc::kInvalidArgument,
                  format("unknown key {}{}", in_quotes(name),
                         suggest(name, {"sync_type", "season", "async", "wait", "timeout",
                                        "if_busy", "run_timeout", "dry_run", "force"})));
    }
  }
  if (body.request.sync_type.empty()) refuse_key("sync_type", "is missing; \"full\" syncs it all");
  body.request.triggered_by = "http";
  return body;
}

}  // namespace nbasync
