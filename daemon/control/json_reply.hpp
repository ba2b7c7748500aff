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

// A run with all that is known of it, and `more` beside it: of a dry run also the rows that it
// would change.
HttpReply run_reply(const RunRecord& run, const nlohmann::json& more);

}  // namespace nbasync
