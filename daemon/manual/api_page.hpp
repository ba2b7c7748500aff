#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace nbasync {

// nbasync-api(7) as mdoc, made from the document of the interface (control/openapi.hpp).
std::string api_page(const nlohmann::json& document);

}  // namespace nbasync
