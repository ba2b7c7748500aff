#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

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

// A row of the table of routes: a method on a path, what it takes to be allowed it, the parameters
// of its query, and who answers. What the handler throws is the answer.
struct Route {
  std::string_view method;
  std::string_view path;  // its last part may be {name}, which stands for any one part
  Access access;
  std::string_view help;  // for documents: a sentence
  std::vector<Parameter> parameters;
  std::function<void(Api&, const Call&)> handler;
};

// The row of a handler that takes the arguments of these parameters: handler(api, call,
// arguments...).
template <typename Handler, typename... T>
Route make_route(std::string_view method, std::string_view path, Access access,
                 std::string_view help, Handler handler, ParameterOf<T>... parameters) {
  return {method, path, access, help, {parameters...}, [handler](Api& api, const Call& call) {
            [&]<std::size_t... I>(std::index_sequence<I...>) {
              handler(api, call, std::get<T>(call.arguments[I])...);
            }
            (std::index_sequence_for<T...>());
          }};
}

// Those that a daemon answers which cannot serve (refusing_server.hpp).
inline constexpr std::string_view kReloadPath = "/api/v1/reload";
inline constexpr std::string_view kHealthPath = "/healthz";
inline constexpr std::string_view kMetricsPath = "/metrics";

// The table: all that the control socket answers. Lives as long as the process.
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
