#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "control/answer_form.hpp"
#include "control/listener.hpp"
#include "control/parameters.hpp"
#include "http/reply.hpp"
#include "http/request.hpp"

namespace nbasync {

struct Api;

enum class Access { kRead, kChange };

// A request on its way to the handler of its route. Lives for the handler's call only; the answer
// may be kept, and is to be given once, at once or later.
struct Call {
  const HttpRequest& request;
  Listener listener;
  std::string name;                 // what stands for {name} in the route's path
  std::vector<Argument> arguments;  // of the route's parameters, in their order
  Answer answer;

  // Who asks, for people.
  std::string by() const { return to_string(request.peer); }
};

// What the body of a request is. A route without one does not read it.
struct BodyForm {
  SchemaMaker schema;
  std::string_view example;  // JSON
};

// One that `parse` reads as a T; it throws Error(kInvalidArgument).
template <typename T>
struct BodyOf : BodyForm {
  T (*parse)(const std::string& text);
};

// A path, and what stands for {name} in it, for documents: "the run's id".
struct RoutePath {
  std::string_view path;
  std::string_view name_help = {};

  constexpr RoutePath(const char* text) : path(text) {}
  constexpr RoutePath(std::string_view text) : path(text) {}
  constexpr RoutePath(std::string_view text, std::string_view help) : path(text), name_help(help) {}
};

// A row of the table of routes: a method on a path, what it takes to be allowed it, what it takes
// and what it answers, and who does. What the handler throws is the answer.
struct Route {
  std::string_view method;
  RoutePath path;  // its last part may be {name}, which stands for any one part
  Access access;
  std::string_view help;  // for documents: a sentence
  Answers answers;
  std::optional<BodyForm> body;
  std::vector<Parameter> parameters;
  std::function<void(Api&, const Call&)> handler;
  std::string_view group = {};  // the name of its group
};

// The row of a handler that takes the arguments of these parameters: handler(api, call,
// arguments...).
template <typename Handler, typename... T>
Route make_route(std::string_view method, RoutePath path, Access access, std::string_view help,
                 Answers answers, Handler handler, ParameterOf<T>... parameters) {
  Route route{method, path, access, help, std::move(answers), std::nullopt, {parameters...}, {}};
  route.handler = [handler](Api& api, const Call& call) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      handler(api, call, std::get<T>(call.arguments[I])...);
    }
    (std::index_sequence_for<T...>());
  };
  return route;
}

// The same with a body: handler(api, call, T).
template <typename Handler, typename T>
Route make_route(std::string_view method, RoutePath path, Access access, std::string_view help,
                 Answers answers, BodyOf<T> body, Handler handler) {
  Route route{method, path, access, help, std::move(answers), body, {}, {}};
  route.handler = [handler, parse = body.parse](Api& api, const Call& call) {
    handler(api, call, parse(call.request.body));
  };
  return route;
}

// Those that a daemon answers which cannot serve (refusing_server.hpp).
inline constexpr std::string_view kReloadPath = "/api/v1/reload";
inline constexpr std::string_view kHealthPath = "/healthz";
inline constexpr std::string_view kMetricsPath = "/metrics";
inline constexpr std::string_view kOpenapiPath = "/api/v1/openapi.json";
inline constexpr std::string_view kPagePath = "/";
inline constexpr std::string_view kPageFolderPath = "/page/{name}";
inline constexpr std::string_view kAnsweredUnready[] = {kReloadPath,  kHealthPath, kMetricsPath,
                                                        kOpenapiPath, kPagePath,   kPageFolderPath};

// Routes that belong together, for documents.
struct RouteGroup {
  std::string_view name;
  std::string_view help;  // a sentence
  std::vector<Route> (*routes)();
};

// The table: all that the control socket answers, group by group. Lives as long as the process.
std::span<const RouteGroup> route_groups();
std::span<const Route> routes();

// The route of a request, and what stands in the place of {name}.
struct RouteMatch {
  const Route* route;
  std::string name;
};

// By exact comparison, part for part; HEAD is asked of GET's route. Or the reply to a request that
// has no route: 404, or 405 with the methods that the path has.
std::variant<RouteMatch, HttpReply> find_route(std::span<const Route> routes,
                                               std::string_view method, std::string_view path);

}  // namespace nbasync
