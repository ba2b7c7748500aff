#include "control/http_server.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <exception>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "control/problem.hpp"
#include "log/log.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr unsigned kMostConnections = 256;
constexpr std::size_t kCrowded = 224;  // from here on the longest idle one makes room
constexpr unsigned kConnectionMemory = 32 * 1024;
constexpr Duration kReceive{10'000};  // for a whole request, and between two of them
constexpr Duration kSend{60'000};     // for a whole reply
constexpr Duration kDrain{2'000};     // for replies under way, at the end
constexpr int kRunsPerTurn = 16;      // then the rest of the loop has its turn

void log_message(void*, const char* form, va_list arguments) {
  char text[512];
  std::vsnprintf(text, sizeof text, form, arguments);
  std::string line = text;
  while (line.ends_with('\n')) line.pop_back();
  log::debug("http message={}", in_quotes(line));
}

}  // namespace

// A client's connection: its deadline, and the request that it is at.
struct HttpServer::Connection {
  Connection(HttpServer& owner, int descriptor)
      : server(owner), fd(descriptor), deadline([this] { server.let_go(*this); }) {}

  void allow(Duration time) { server.wheel_.arm(deadline, tick_after(server.clock_, time)); }
  // Nothing is being done for it: it waits for a request, or is sending one.
  bool is_idle() const { return !exchange || !exchange->is_dispatched(); }

  HttpServer& server;
  int fd;
  Timer deadline;
  std::shared_ptr<HttpExchange> exchange;
};

// What microhttpd calls.
struct HttpServer::Callbacks {
  static void connection(void* self, MHD_Connection* connection, void** context,
                         MHD_ConnectionNotificationCode code) {
    auto* server = static_cast<HttpServer*>(self);
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
      server->opened(connection, context);
    } else if (*context != nullptr) {
      server->closed(*static_cast<Connection*>(*context));
    }
  }

  static Connection& of(MHD_Connection* connection) {
    return *static_cast<Connection*>(
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context);
  }

  // The first that is known of a request; what it returns is the request's context.
  static void* target(void* self, const char* target, MHD_Connection* connection) {
    auto& client = of(connection);
    auto* server = static_cast<HttpServer*>(self);
    client.exchange = std::make_shared<HttpExchange>(server->context_, connection, target);
    return client.exchange.get();
  }

  static MHD_Result access(void*, MHD_Connection* connection, const char*, const char* method,
                           const char* version, const char* data, std::size_t* size,
                           void** context) {
    auto* exchange = static_cast<HttpExchange*>(*context);
    if (exchange == nullptr) return MHD_NO;
    auto& client = of(connection);
    const auto result = exchange->proceed(method, version, data, size);
    if (exchange->is_replying() && !exchange->is_stream()) {
      client.allow(kSend);
    } else if (exchange->is_dispatched()) {
      client.deadline.cancel();
    }
    return result;
  }

  static void completed(void*, MHD_Connection* connection, void**, MHD_RequestTerminationCode) {
    auto& client = of(connection);
    if (client.exchange) client.exchange->end();
    client.exchange.reset();
    client.allow(client.server.stopping_ ? Duration{0} : kReceive);
  }
};

HttpServer::HttpServer(Loop& loop, TimerWheel& wheel, const Clock& clock, ListenSocket socket,
                       Handler handler)
    : loop_(loop),
      wheel_(wheel),
      clock_(clock),
      context_{wheel, clock, std::move(handler), [this] { pump_->kick(); }},
      socket_(std::move(socket)),
      give_up_([this] {
        refuse_held();
        if (stopped_) loop_.post(std::exchange(stopped_, nullptr));
      }) {
  daemon_ = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, nullptr,
                             nullptr, &Callbacks::access, this,                                   //
                             MHD_OPTION_EXTERNAL_LOGGER, &log_message, nullptr,                   //
                             MHD_OPTION_LISTEN_SOCKET, socket_.fd(),                              //
                             MHD_OPTION_STRICT_FOR_CLIENT, 1,                                     //
                             MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,                                //
                             MHD_OPTION_CONNECTION_LIMIT, kMostConnections,                       //
                             MHD_OPTION_CONNECTION_MEMORY_LIMIT, std::size_t{kConnectionMemory},  //
                             MHD_OPTION_CONNECTION_TIMEOUT, 0U,                                   //
                             MHD_OPTION_NOTIFY_CONNECTION, &Callbacks::connection, this,          //
                             MHD_OPTION_NOTIFY_COMPLETED, &Callbacks::completed, nullptr,         //
                             MHD_OPTION_URI_LOG_CALLBACK, &Callbacks::target, this,               //
                             MHD_OPTION_END);
  if (daemon_ == nullptr) throw Error(Errc::kInternal, "libmicrohttpd could not be started");
  const auto* info = MHD_get_daemon_info(daemon_, MHD_DAEMON_INFO_EPOLL_FD);
  pump_ = std::make_unique<FdPump>(
      loop, wheel, info->epoll_fd, [this] { return interest(); }, [this] { step(); });
}

HttpServer::~HttpServer() {
  if (!stopping_) MHD_quiesce_daemon(daemon_);  // the listening socket is ours to close
  refuse_held();
  pump_.reset();
  MHD_run(daemon_);  // takes back what was held: stopping would abort the process otherwise
  MHD_stop_daemon(daemon_);
}

Interest HttpServer::interest() const {
  Interest interest;
  MHD_UNSIGNED_LONG_LONG wait = 0;
  // There are no timeouts of microhttpd's own: this is work that is left over from the last run.
  if (MHD_get_timeout(daemon_, &wait) == MHD_YES) {
    interest.deadline = wait == 0 ? Tick{0} : tick_after(clock_, Duration(wait));
  }
  return interest;
}

void HttpServer::step() {
  MHD_UNSIGNED_LONG_LONG wait = 0;
  for (int run = 0; run < kRunsPerTurn; ++run) {
    MHD_run(daemon_);
    if (MHD_get_timeout(daemon_, &wait) != MHD_YES || wait > 0) break;
  }
  finish_if_drained();
}

void HttpServer::opened(MHD_Connection* connection, void** context) {
  const int fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
  make_room();
  auto& client = connections_.emplace_back(*this, fd);
  client.allow(kReceive);
  *context = &client;
}

void HttpServer::closed(Connection& connection) {
  if (connection.exchange) connection.exchange->end();
  connections_.remove_if([&](const Connection& each) { return &each == &connection; });
}

// Connections that do nothing must not keep out those that want something.
void HttpServer::make_room() {
  if (connections_.size() < kCrowded) return;
  Connection* oldest = nullptr;
  for (auto& each : connections_) {
    const bool may_go = each.is_idle() && each.deadline.armed();
    if (may_go && (oldest == nullptr || each.deadline.when() < oldest->deadline.when())) {
      oldest = &each;
    }
  }
  if (oldest == nullptr) return;
  oldest->deadline.cancel();
  let_go(*oldest);
}

// microhttpd sees the end of the connection and closes it.
void HttpServer::let_go(const Connection& connection) const {
  ::shutdown(connection.fd, SHUT_RDWR);
}

void HttpServer::refuse_held() {
  for (auto& each : connections_) {
    if (each.is_idle()) continue;
    each.exchange->give(problem(Errc::kShuttingDown, "the daemon is shutting down"));
  }
}

void HttpServer::stop(std::function<void()> stopped) {
  stopping_ = true;
  stopped_ = std::move(stopped);
  MHD_quiesce_daemon(daemon_);
  for (const auto& each : connections_) {
    if (each.is_idle()) let_go(each);
  }
  refuse_held();
  wheel_.arm(give_up_, tick_after(clock_, kDrain));
  pump_->kick();
}

void HttpServer::finish_if_drained() {
  if (!stopped_ || !connections_.empty()) return;
  give_up_.cancel();
  loop_.post(std::exchange(stopped_, nullptr));  // microhttpd and the pump are calling us
}

}  // namespace nbasync
