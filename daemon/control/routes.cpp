#include "control/routes.hpp"

#include <array>
#include <optional>

#include "base/format.hpp"
#include "base/text.hpp"
#include "control/problem.hpp"

namespace nbasync {
namespace {

constexpr auto kRoutes = std::to_array<Route>({
    {"GET", "/api/admin/sync-status", Access::kRead, handle::get_status},
    {"POST", "/api/admin/sync", Access::kChange, handle::start_sync},
    {"GET", "/api/v1/status", Access::kRead, handle::get_status},
    {"GET", "/api/v1/runs", Access::kRead, handle::list_runs},
    {"GET", "/api/v1/runs/{name}", Access::kRead, handle::get_run},
    {"DELETE", "/api/v1/runs/{name}", Access::kChange, handle::cancel_run},
    {"POST", "/api/v1/pause", Access::kChange, handle::pause},
    {"POST", "/api/v1/resume", Access::kChange, handle::resume},
    {"POST", "/api/v1/reload", Access::kChange, handle::reload},
    {"GET", "/api/v1/schedules", Access::kRead, handle::list_schedules},
    {"GET", "/api/v1/schedules/{name}", Access::kRead, handle::explain_schedule},
    {"GET", "/api/v1/events", Access::kRead, handle::get_events},
    {"GET", "/api/games", Access::kRead, handle::get_games},
    {"GET", "/api/teams", Access::kRead, handle::get_teams},
    {"GET", "/api/team-stats", Access::kRead, handle::get_team_stats},
    {"GET", "/api/game-logs", Access::kRead, handle::get_game_logs},
    {"GET", "/api/schedule", Access::kRead, handle::get_schedule},
    {"GET", "/healthz", Access::kRead, handle::get_health},
    {"GET", "/readyz", Access::kRead, handle::get_readiness},
    {"GET", "/metrics", Access::kRead, handle::get_metrics},
});

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

std::span<const Route> routes() { return kRoutes; }

std::variant<RouteMatch, HttpReply> find_route(std::string_view method, std::string_view path) {
  const auto wanted = method == "HEAD" ? "GET" : method;
  std::string allowed;
  for (const auto& route : kRoutes) {
    const auto name = name_in(path, route.path);
    if (!name) continue;
    if (route.method == wanted) return RouteMatch{&route, std::string(*name)};
    allowed += format("{}{}", allowed.empty() ? "" : ", ", route.method);
    if (route.method == "GET") allowed += ", HEAD";
  }
  if (allowed.empty()) {
    return problem(404, "not-found", format("there is nothing at {}", in_quotes(path)));
  }
  auto reply = problem(405, "method-not-allowed",
                       format("{} does not take {}, only {}", path, in_quotes(method), allowed));
  reply.headers.emplace_back("Allow", allowed);
  return reply;
}

}  // namespace nbasync
