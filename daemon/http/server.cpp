#include "http/server.hpp"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <exception>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "log/log.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr unsigned kConnectionMemory = 32 * 1024;
constexpr Duration kDrain{1'000};  // for replies under way, at the end
constexpr int kRunsPerTurn = 16;   // then the rest of the loop has its turn

void log_message(void*, const char* form, va_list arguments) {
  char text[512];
  std::vsnprintf(text, sizeof text, form, arguments);
  std::string line = text;
  while (line.ends_with('\n')) line.pop_back();
  log::debug("http message={}", in_quotes(line));
}

}  // namespace

// What microhttpd calls.
struct HttpServer::Callbacks {
  static HttpServer& server_of(void* self) { return *static_cast<HttpServer*>(self); }

  static HttpConnection& client_of(MHD_Connection* connection) {
    return *static_cast<HttpConnection*>(
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context);
  }

  static void connection(void* self, MHD_Connection* connection, void** context,
                         MHD_ConnectionNotificationCode code) {
    auto& connections = server_of(self).connections_;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
      const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
      *context = &connections.open(info->connect_fd, peer_of(info->connect_fd));
    } else if (*context != nullptr) {
      connections.close(*static_cast<HttpConnection*>(*context));
      // While descriptors are short it accepts nobody, and only looks again when it is run.
      if (const auto& pump = server_of(self).pump_) pump->kick();
    }
  }

  // The first that is known of a request; what it returns is the request's context.
  static void* target(void*, const char* target, MHD_Connection* connection) {
    return client_of(connection).begin(connection, target);
  }

  static MHD_Result access(void*, MHD_Connection* connection, const char*, const char* method,
                           const char* version, const char* data, std::size_t* size,
                           void** context) {
    if (*context == nullptr) return MHD_NO;
    return client_of(connection).proceed(method, version, data, size);
  }

  static void completed(void* self, MHD_Connection* connection, void**,
                        MHD_RequestTerminationCode) {
    client_of(connection).completed(server_of(self).stopping_);
  }
};

HttpServer::HttpServer(Loop& loop, TimerWheel& wheel, const Clock& clock, ListenSocket socket,
                       HttpApplication application)
    : loop_(loop),
      wheel_(wheel),
      clock_(clock),
      context_{wheel, clock, std::move(application), [this] { pump_->kick(); }, &loop},
      socket_(std::move(socket)),
      connections_(context_),
      give_up_([this] {
        connections_.refuse_held();
        if (stopped_) loop_.post(std::exchange(stopped_, nullptr));
      }) {
  daemon_ = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, nullptr,
                             nullptr, &Callbacks::access, this,                                   //
                             MHD_OPTION_EXTERNAL_LOGGER, &log_message, nullptr,                   //
                             MHD_OPTION_LISTEN_SOCKET, socket_.fd(),                              //
                             MHD_OPTION_STRICT_FOR_CLIENT, 1,                                     //
                             MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,                                //
                             MHD_OPTION_CONNECTION_LIMIT, HttpConnections::kMost,                 //
                             MHD_OPTION_CONNECTION_MEMORY_LIMIT, std::size_t{kConnectionMemory},  //
                             MHD_OPTION_CONNECTION_TIMEOUT, 0U,                                   //
                             MHD_OPTION_NOTIFY_CONNECTION, &Callbacks::connection, this,          //
                             MHD_OPTION_NOTIFY_COMPLETED, &Callbacks::completed, this,            //
                             MHD_OPTION_URI_LOG_CALLBACK, &Callbacks::target, this,               //
                             MHD_OPTION_END);
  if (daemon_ == nullptr) throw Error(Errc::kInternal, "libmicrohttpd could not be started");
  const auto* info = MHD_get_daemon_info(daemon_, MHD_DAEMON_INFO_EPOLL_FD);
  pump_ = std::make_unique<FdPump>(
      loop, wheel, info->epoll_fd, [this] { return interest(); }, [this] { step(); });
}

HttpServer::~HttpServer() {
  if (!stopping_) MHD_quiesce_daemon(daemon_);  // the listening socket is ours to close
  connections_.refuse_held();
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

void HttpServer::stop(std::function<void()> stopped) {
  if (!stopping_) MHD_quiesce_daemon(daemon_);
  stopping_ = true;
  stopped_ = std::move(stopped);
  connections_.let_go_of_idle();
  connections_.refuse_held();
  wheel_.arm(give_up_, tick_after(clock_, kDrain));
  pump_->kick();
}

void HttpServer::finish_if_drained() {
  if (!stopped_ || !connections_.empty()) return;
  give_up_.cancel();
  loop_.post(std::exchange(stopped_, nullptr));  // microhttpd and the pump are calling us
}

}  // namespace nbasync
