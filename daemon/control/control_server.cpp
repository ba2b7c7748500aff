#include "control/control_server.hpp"

#include <memory>
#include <utility>

#include "control/route.hpp"

namespace nbasync {
ControlServer::ControlServer(Loop& loop, TimerWheel& wheel, const Clock& clock,
                             SyncService& service, ReadPool& readers, const Doors& doors,
                             Authorization::Rules rules)
    : loop_(loop),
      wheel_(wheel),
      clock_(clock),
      events_(wheel, clock),
      metrics_(service, clock),
      api_{service, doors, readers, events_, metrics_, status_, clock},
      dispatcher_(routes(), Authorization(std::move(rules)),
                  {[this](const Route& route, const Call& call) { route.handler(api_, call); },
                   [this](int status) { metrics_.answered(status); }}) {
  service.observe([this](const SyncEvent& event) { events_.publish(event); });
}

// A listener that is held would be in the way of its server's end.
ControlServer::~ControlServer() { events_.end(); }

void ControlServer::listen(ListenSocket socket, Listener listener) {
  servers_.emplace_back(
      loop_, wheel_, clock_, std::move(socket),
      HttpApplication{[this, listener](const HttpRequest& request, const Answer& answer) {
                        dispatcher_.handle(request, listener, answer);
                      },
                      Dispatcher::refuse});
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
