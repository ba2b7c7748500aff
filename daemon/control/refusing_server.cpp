#include "control/refusing_server.hpp"

#include <memory>
#include <utility>

#include "control/handlers.hpp"
#include "control/json_reply.hpp"
#include "control/metrics.hpp"
#include "control/problem.hpp"

namespace nbasync {
namespace {

ProblemForm unready_form(Errc code) {
  auto form = problem_form(code);
  form.status = kUnready;
  return form;
}

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
  const auto path = route.path.path;
  if (path == kPagePath) {
    handle::get_page(call);
  } else if (path == kPageFolderPath) {
    handle::get_page_file(call);
  } else if (path == kReloadPath) {
    handle::reload(doors_, call);
  } else if (path == kHealthPath) {
    call.answer(text_reply(200, "ok\n"));
  } else if (path == kMetricsPath) {
    call.answer(metrics_reply(Metrics::text_of_unready(why.code() != Errc::kBadConfiguration)));
  } else if (path == kOpenapiPath) {
    handle::get_openapi(call);
  } else {
    call.answer(problem(unready_form(why.code()), why.what()));
  }
}

}  // namespace nbasync
