#include "control/refusing_server.hpp"

#include <memory>
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
                               Authorization::Rules rules, std::function<Error()> why,
                               const Doors& doors)
    : loop_(loop),
      wheel_(wheel),
      clock_(clock),
      why_(std::move(why)),
      doors_(doors),
      dispatcher_(
          routes(), Authorization(std::move(rules)),
          {[this](const Route& route, const Call& call) { answer(route, call); }, [](int) {}}) {}

void RefusingServer::listen(ListenSocket socket, Listener listener) {
  servers_.emplace_back(
      loop_, wheel_, clock_, std::move(socket),
      HttpApplication{[this, listener](const HttpRequest& request, const Answer& answer) {
                        dispatcher_.handle(request, listener, answer);
                      },
                      Dispatcher::refuse});
}

void RefusingServer::stop(std::function<void()> stopped) {
  to_stop_ = servers_.size();
  if (to_stop_ == 0) return loop_.post(std::move(stopped));
  const auto done = std::make_shared<std::function<void()>>(std::move(stopped));
  for (auto& server : servers_) {
    server.stop([this, done] {
      if (--to_stop_ == 0) (*done)();
    });
  }
}

void RefusingServer::answer(const Route& route, const Call& call) const {
  const auto why = why_();
  if (route.path == kReloadPath) {
    handle::reload(doors_, call);
  } else if (route.path == kHealthPath) {
    call.answer(text_reply(200, "ok\n"));
  } else if (route.path == kMetricsPath) {
    call.answer(metrics_reply(Metrics::text_of_unready(why.code() != Errc::kBadConfiguration)));
  } else {
    call.answer(problem(kServiceUnavailable, protocol::names_of(why.code()).word, why.what()));
  }
}

}  // namespace nbasync
