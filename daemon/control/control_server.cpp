#include "control/control_server.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "control/route.hpp"

namespace nbasync {

ControlServer::ControlServer(Loop& loop, TimerWheel& wheel, const Clock& clock, SyncFront& service,
                             ReadPool& readers, const Doors& doors, Authorization::Rules rules)
    : loop_(loop),
      wheel_(wheel),
      clock_(clock),
      events_(wheel, clock),
      metrics_(service, clock),
      answers_(readers),
      api_{service, doors, readers, events_, metrics_, status_, answers_, clock},
      dispatcher_(routes(), Authorization(std::move(rules)),
                  {[this](const Route& route, const Call& call) { route.handler(api_, call); },
                   [this](int status) { metrics_.answered(status); }}) {
  service.observe([this](const SyncEvent& event) { events_.publish(event); });
}

// A listener that is held would be in the way of its server's end.
ControlServer::~ControlServer() { events_.end(); }

void ControlServer::listen(ListenSocket socket, Listener listener) {
  servers_.emplace_back(
      listener, loop_, wheel_, clock_, std::move(socket),
      HttpApplication{[this, listener](const HttpRequest& request, const Answer& answer) {
                        dispatcher_.handle(request, listener, answer);
                      },
                      Dispatcher::refuse});
}

void ControlServer::stop_reads(std::function<void()> stopped) {
  if (stopping_) return;
  const auto before = std::ranges::find(servers_, Listener::kReadSocket, &Served::listener);
  if (before == servers_.end()) return stopped();
  before->server.stop([this, before, stopped = std::move(stopped)] {
    const auto last = stopped;  // this function goes with the server
    servers_.erase(before);
    if (!stopping_) last();
  });
}

void ControlServer::stop(std::function<void()> stopped) {
  stopping_ = true;
  events_.end();
  to_stop_ = servers_.size();
  if (to_stop_ == 0) {
    loop_.post(std::move(stopped));
    return;
  }
  const auto done = std::make_shared<std::function<void()>>(std::move(stopped));
  for (auto& served : servers_) {
    served.server.stop([this, done] {
      if (--to_stop_ == 0) (*done)();
    });
  }
}

}  // namespace nbasync
