#include "http/connection.hpp"

#include <sys/socket.h>

#include <utility>

#include "timer/tick.hpp"

namespace nbasync {
namespace {

constexpr Duration kReceive{10'000};  // for a whole request, and between two of them
constexpr Duration kSend{60'000};     // for a whole reply

}  // namespace

HttpConnection::HttpConnection(const HttpContext& context, int fd, Peer peer, Budget& budget)
    : context_(context),
      fd_(fd),
      peer_(std::move(peer)),
      share_(budget, account_of(peer_)),
      admitted_(share_.take(1)),
      deadline_([this] { let_go(); }) {
  allow(kReceive);
}

void HttpConnection::allow(Duration time) {
  context_.wheel.arm(deadline_, tick_after(context_.clock, time));
}

HttpExchange* HttpConnection::begin(MHD_Connection* connection, const char* target) {
  exchange_ = std::make_shared<HttpExchange>(context_, connection, target, peer_, admitted_);
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

bool HttpConnection::drop_if_hung_up() {
  if (!exchange_ || !exchange_->drop_if_hung_up()) return false;
  let_go();
  return true;
}

void HttpConnection::let_go() {
  deadline_.cancel();
  share_.give_back();  // it is as good as gone
  ::shutdown(fd_, SHUT_RDWR);
}

void HttpConnection::end() {
  if (exchange_) exchange_->end();
}

HttpConnection& HttpConnections::open(int fd, Peer peer) {
  const auto account = account_of(peer);
  if (budget_.used() >= kCrowded) make_room(std::nullopt);
  if (!budget_.has_room(account)) make_room(account);
  return connections_.emplace_back(context_, fd, std::move(peer), budget_);
}

// Of this peer, or of any.
void HttpConnections::make_room(std::optional<std::string_view> account) {
  HttpConnection* oldest = nullptr;
  for (auto& each : connections_) {
    const bool counts = !account || each.account() == *account;
    if (counts && each.goes_before(oldest)) oldest = &each;
  }
  if (oldest != nullptr) return oldest->let_go();
  // microhttpd does not look at those that are held.
  for (auto& each : connections_) {
    if (!account || each.account() == *account) each.drop_if_hung_up();
  }
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
