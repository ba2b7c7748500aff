#include "control/control_server.hpp"

#include <exception>
#include <memory>
#include <utility>
#include <variant>

#include "base/error.hpp"
#include "base/text.hpp"
#include "control/problem.hpp"
#include "control/routes.hpp"
#include "log/log.hpp"

namespace nbasync {
namespace {

HttpReply transport_problem(HttpFault fault, const std::string& why) {
  switch (fault) {
    case HttpFault::kMalformed:
      return problem(Errc::kInvalidArgument, why);
    case HttpFault::kTooLarge:
      return problem(413, "body-too-large", why);
    case HttpFault::kStopping:
      break;
  }
  return problem(Errc::kShuttingDown, why);
}

}  // namespace

ControlServer::ControlServer(Loop& loop, TimerWheel& wheel, const Clock& clock,
                             SyncService& service, ReaderPool& readers, const Doors& doors,
                             Authorization::Rules rules)
    : loop_(loop),
      wheel_(wheel),
      clock_(clock),
      authorization_(std::move(rules)),
      events_(wheel, clock),
      metrics_(service, clock),
      api_{service, doors, readers, events_, metrics_, status_, clock} {
  service.observe([this](const SyncEvent& event) { events_.publish(event); });
}

// A listener that is held would be in the way of its server's end.
ControlServer::~ControlServer() { events_.end(); }

void ControlServer::listen(ListenSocket socket) {
  servers_.emplace_back(loop_, wheel_, clock_, std::move(socket),
                        HttpApplication{[this](const HttpRequest& request, const Answer& answer) {
                                          handle(request, answer);
                                        },
                                        transport_problem});
}

void ControlServer::handle(const HttpRequest& request, const Answer& answer) {
  const Answer counted = [this, answer](HttpReply reply) {
    metrics_.answered(reply.status);
    answer(std::move(reply));
  };
  try {
    auto found = find_route(request.method, request.path);
    if (auto* reply = std::get_if<HttpReply>(&found)) {
      counted(std::move(*reply));
      return;
    }
    const auto& match = std::get<RouteMatch>(found);
    if (auto refusal = authorization_.refuse(match.route->access, request)) {
      log::info("request refused status={} path={} by={}", refusal->status, in_quotes(request.path),
                in_quotes(to_string(request.peer)));
      counted(std::move(*refusal));
      return;
    }
    match.route->handler(api_, request, match.name, counted);
  } catch (const Error& error) {
    counted(problem(error.code(), error.what()));
  } catch (const std::exception& error) {
    log::error("request failed path={} error={}", in_quotes(request.path), in_quotes(error.what()));
    counted(problem(Errc::kInternal, "internal error; the log says more"));
  }
}

void ControlServer::stop(std::function<void()> stopped) {
  events_.end();
  to_stop_ = servers_.size();
  if (to_stop_ == 0) {
    loop_.post(std::move(stopped));
    return;
  }
  const auto done = std::make_shared<std::function<void()>>(std::move(stopped));
  for (auto& server : servers_) {
    server.stop([this, done] {
      if (--to_stop_ == 0) (*done)();
    });
  }
}

}  // namespace nbasync
