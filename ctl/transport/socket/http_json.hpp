#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "ctl/transport/socket/http_response.hpp"

namespace nbasync::ctl {

// What a complete answer says, null if it has no body. Throws as throw_problem() does if it is no
// success.
nlohmann::json json_of(const HttpResponse& response);

// Fit for a path or a query.
std::string percent_encoded(std::string_view text);

}  // namespace nbasync::ctl
