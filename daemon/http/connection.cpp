#include "http/connection.hpp"

#include <sys/socket.h>

#include <utility>

#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kReceive{10'000};  // for a whole request, and between two of them
constexpr Duration kSend{60'000};     // for a whole reply

}  // namespace

HttpConnection::HttpConnection(const HttpContext& context, int fd)
    : context_(context), fd_(fd), deadline_([this] { let_go(); }) {
  allow(kReceive);
}

void HttpConnection::allow(Duration time) {
  context_.wheel.arm(deadline_, tick_after(context_.clock, time));
}

HttpExchange* HttpConnection::begin(MHD_Connection* connection, const char* target) {
  exchange_ = std::make_shared<HttpExchange>(context_, connection, target);
  return exchange_.get();
}

MHD_Result HttpConnection::proceed(const char* method, const char* version, const char* data,
                                   std::size_t* size) {
  const auto result = exchange_->proceed(method, version, data, size);
  if (exchange_->is_replying() && !exchange_->is_stream()) {
    allow(kSend);
  } else if (exchange_->is_dispatched()) {
    deadline_.cancel();
  }
  return result;
}

void HttpConnection::completed(bool last) {
  end();
  exchange_.reset();
  allow(last ? Duration{0} : kReceive);
}

bool HttpConnection::goes_before(const HttpConnection* other) const {
  if (!is_idle() || !deadline_.armed()) return false;
  return other == nullptr || deadline_.when() < other->deadline_.when();
}

void HttpConnection::let_go() {
  deadline_.cancel();
  ::shutdown(fd_, SHUT_RDWR);
}

void HttpConnection::end() {
  if (exchange_) exchange_->end();
}

HttpConnection& HttpConnections::open(int fd) {
  make_room();
  return connections_.emplace_back(context_, fd);
}

// Connections that do nothing must not keep out those that want something.
void HttpConnections::make_room() {
  if (connections_.size() < kCrowded) return;
  HttpConnection* oldest = nullptr;
  for (auto& each : connections_) {
    if (each.goes_before(oldest)) oldest = &each;
  }
  if (oldest != nullptr) oldest->let_go();
}

void HttpConnections::close(HttpConnection& connection) {
  connection.end();
  connections_.remove_if([&](const HttpConnection& each) { return &each == &connection; });
}

void HttpConnections::let_go_of_idle() {
  for (auto& each : connections_) {
    if (each.is_idle()) each.let_go();
  }
}

void HttpConnections::refuse_held() {
  for (auto& each : connections_) {
    if (each.is_idle()) continue;
    each.give(context_.application.refuse(HttpFault::kStopping, "the daemon is shutting down"));
  }
}

}  // namespace nbasync
