#pragma once

#include <span>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "control/route.hpp"

// The interface described as OpenAPI 3.1, from the table of routes.
namespace nbasync {

struct Document {
  std::string text;  // JSON
  std::string etag;
};

// That of the daemon's own routes: made at the first call, lives as long as the process. Loop
// thread.
const Document& openapi_document();

// That of these.
nlohmann::json describe(std::span<const RouteGroup> groups, std::span<const Route> routes);

}  // namespace nbasync
