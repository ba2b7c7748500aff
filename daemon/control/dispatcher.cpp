#include "control/dispatcher.hpp"

#include <utility>
#include <variant>

#include "base/error.hpp"
#include "base/text.hpp"
#include "control/problem.hpp"
#include "log/log.hpp"

namespace nbasync {

Dispatcher::Dispatcher(std::span<const Route> routes, Authorization authorization, Effects effects)
    : routes_(routes), authorization_(std::move(authorization)), effects_(std::move(effects)) {}

void Dispatcher::handle(const HttpRequest& request, Listener listener, const Answer& answer) const {
  const Answer counted = [this, answer](HttpReply reply) {
    effects_.answered(reply.status);
    answer(std::move(reply));
  };
  try {
    dispatch(request, listener, counted);
  } catch (...) {
    counted(thrown_problem(request.path));
  }
}

void Dispatcher::dispatch(const HttpRequest& request, Listener listener,
                          const Answer& answer) const {
  auto found = find_route(routes_, request.method, request.path);
  if (auto* reply = std::get_if<HttpReply>(&found)) return answer(std::move(*reply));
  auto& [route, name] = std::get<RouteMatch>(found);
  if (auto refusal = authorization_.refuse(route->access, listener, request)) {
    log::info("request refused status={} path={} by={}", refusal->status, in_quotes(request.path),
              in_quotes(to_string(request.peer)));
    return answer(std::move(*refusal));
  }
  effects_.run(*route, {request, listener, std::move(name),
                        read_arguments(request, route->parameters), answer});
}

HttpReply Dispatcher::refuse(HttpFault fault, const std::string& why) {
  switch (fault) {
    case HttpFault::kMalformed:
      return problem(Errc::kInvalidArgument, why);
    case HttpFault::kTooLarge:
      return problem(problems::kBodyTooLarge, why);
    case HttpFault::kCrowded:
      return problem(Errc::kQueueFull, why);
    case HttpFault::kStopping:
      break;
  }
  return problem(Errc::kShuttingDown, why);
}

}  // namespace nbasync
