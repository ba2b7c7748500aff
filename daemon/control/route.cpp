#include "control/route.hpp"

#include <optional>

#include "base/format.hpp"
#include "base/text.hpp"
#include "control/problem.hpp"

namespace nbasync {
namespace {

constexpr std::string_view kPlaceholder = "{name}";

// The name if the path is the route's; an empty one for a route without a name.
std::optional<std::string_view> name_in(std::string_view path, std::string_view pattern) {
  if (!pattern.ends_with(kPlaceholder)) {
    if (path != pattern) return std::nullopt;
    return std::string_view();
  }
  const auto before = pattern.substr(0, pattern.size() - kPlaceholder.size());
  if (!path.starts_with(before)) return std::nullopt;
  const auto name = path.substr(before.size());
  if (name.empty() || name.find('/') != name.npos) return std::nullopt;
  return name;
}

}  // namespace

std::variant<RouteMatch, HttpReply> find_route(std::span<const Route> routes,
                                               std::string_view method, std::string_view path) {
  const auto wanted = method == "HEAD" ? "GET" : method;
  std::string allowed;
  for (const auto& route : routes) {
    const auto name = name_in(path, route.path.path);
    if (!name) continue;
    if (route.method == wanted) return RouteMatch{&route, std::string(*name)};
    allowed += format("{}{}", allowed.empty() ? "" : ", ", route.method);
    if (route.method == "GET") allowed += ", HEAD";
  }
  if (allowed.empty()) {
    return problem(problems::kNotFound,
                   format("there is nothing at {}", in_quotes(path, kLongestExcerpt)));
  }
  auto reply = problem(
      problems::kMethodNotAllowed,
      format("{} does not take {}, only {}", path, in_quotes(method, kLongestExcerpt), allowed));
  reply.headers.emplace_back("Allow", allowed);
  return reply;
}

}  // namespace nbasync
