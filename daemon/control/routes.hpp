#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "control/api.hpp"

namespace nbasync {

enum class Access { kRead, kChange };

// A row of the table: a method on a path, what it takes to be allowed it, and who answers.
struct Route {
  std::string_view method;
  std::string_view path;  // its last part may be {name}, which stands for any one part
  Access access;
  Handler handler;
};

std::span<const Route> routes();

// The route of a request, and what stands in the place of {name}.
struct RouteMatch {
  const Route* route;
  std::string name;
};

// By exact comparison, part for part; HEAD is asked of GET's route. Or the reply to a request that
// has no route: 404, or 405 with the methods that the path has.
std::variant<RouteMatch, HttpReply> find_route(std::string_view method, std::string_view path);

}  // namespace nbasync
