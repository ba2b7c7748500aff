#pragma once

#include <nlohmann/json.hpp>

#include "ctl/verbs/verb.hpp"

namespace nbasync::ctl {

// Prints JSON on out, indented, or on one line as one of a stream.
void print_json(Context& context, const nlohmann::json& value);
void print_json_line(Context& context, const nlohmann::json& value);

// Tells on err what an ended run has to say: why it failed. Nothing for a success.
void print_failure(Context& context, const nlohmann::json& run);

}  // namespace nbasync::ctl
