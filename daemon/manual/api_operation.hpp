#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace nbasync {

// An operation as an item of a list: "GET /api/v1/runs?limit=&type=", and what there is to say.
std::string operation_item(const std::string& method, const std::string& path,
                           const nlohmann::json& operation);

}  // namespace nbasync
