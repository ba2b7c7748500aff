#include "control/refusing_server.hpp"

#include <utility>

#include "control/handlers.hpp"
#include "control/json_reply.hpp"
#include "control/metrics.hpp"
#include "control/problem.hpp"
#include "protocol/errors.hpp"

namespace nbasync {
namespace {

constexpr int kServiceUnavailable = 503;

}  // namespace

RefusingServer::RefusingServer(Loop& loop, TimerWheel& wheel, const Clock& clock,
                               ListenSocket socket, const Trust& trust, std::function<Error()> why,
                               const Doors& doors)
    : why_(std::move(why)),
      doors_(doors),
      dispatcher_(
          routes(), Authorization({"", trust}),
          {[this](const Route& route, const Call& call) { answer(route, call); }, [](int) {}}),
      server_(loop, wheel, clock, std::move(socket),
              HttpApplication{[this](const HttpRequest& request, const Answer& answer) {
                                dispatcher_.handle(request, Listener::kSocket, answer);
                              },
                              Dispatcher::refuse}) {}

void RefusingServer::answer(const Route& route, const Call& call) const {
  if (route.path == kReloadPath) {
    handle::reload(doors_, call);
  } else if (route.path == kHealthPath) {
    call.answer(text_reply(200, "ok\n"));
  } else if (route.path == kMetricsPath) {
    call.answer(metrics_reply(Metrics::text_without_configuration()));
  } else {
    const auto error = why_();
    call.answer(problem(kServiceUnavailable, protocol::names_of(error.code()).word, error.what()));
  }
}

}  // namespace nbasync
