#include "control/control_server.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/duration.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "control/route.hpp"
#include "log/log.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kReadRetry{10'000};

}  // namespace

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
                   [this](int status) { metrics_.answered(status); }}),
      read_retry_([this] { open_read_socket(); }) {
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

void ControlServer::serve_reads(std::optional<ReadSocket> socket) {
  if (stopping_ || socket == read_socket_) return;
  read_socket_ = std::move(socket);
  read_retry_.cancel();
  const auto before = std::ranges::find(servers_, Listener::kReadSocket, &Served::listener);
  if (before == servers_.end()) return open_read_socket();
  // Its place may be the new one's.
  before->server.stop([this, before] {
    servers_.erase(before);
    open_read_socket();
  });
}

void ControlServer::open_read_socket() {
  const bool is_there =
      std::ranges::find(servers_, Listener::kReadSocket, &Served::listener) != servers_.end();
  if (stopping_ || !read_socket_ || is_there) return;
  try {
    listen(ListenSocket::at_path(read_socket_->path, std::nullopt, read_socket_->mode),
           Listener::kReadSocket);
    log::info("read socket made path={}", in_quotes(read_socket_->path.string()));
  } catch (const Error& error) {
    log::error("read socket not made error={}; tried again every {}", in_quotes(error.what()),
               format_duration(kReadRetry));
    wheel_.arm(read_retry_, tick_after(clock_, kReadRetry));
  }
}

void ControlServer::stop(std::function<void()> stopped) {
  stopping_ = true;
  read_retry_.cancel();
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
