#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "http/reply.hpp"
#include "model/run_record.hpp"

namespace nbasync {

// On one line, without its end.
std::string json_text(const nlohmann::json& json);

HttpReply json_reply(int status, const nlohmann::json& json);
HttpReply text_reply(int status, std::string text);
HttpReply metrics_reply(std::string text);  // in Prometheus' text format

// A run with all that is known of it: a protocol::RunAnswer.
HttpReply run_reply(const RunRecord& run);

// The same reply, whose body is a JSON object, with the rows that a dry run would change.
HttpReply with_changes(HttpReply reply, const RunRecord& run);

}  // namespace nbasync
