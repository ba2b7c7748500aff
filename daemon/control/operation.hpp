#pragma once

#include <nlohmann/json_fwd.hpp>

#include "control/route.hpp"

namespace nbasync {

inline constexpr const char* kTokenScheme = "token";  // the document's name of how a token is sent

// A route as an operation of the document. What its schemas refer to is put into `components`.
nlohmann::json describe(const Route& route, nlohmann::json& components);

}  // namespace nbasync
