#include "http/exchange.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "base/async.hpp"
#include "base/error.hpp"
#include "base/format.hpp"
#include "http/gzip.hpp"
#include "http/head.hpp"
#include "http/response.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

// A body that is too large is read to its end, so that the client can read why it is refused; but
// not one like this.
constexpr std::size_t kLargestIgnoredBody = 1 << 20;
constexpr Duration kHangUpCheck{15'000};
constexpr std::size_t kQuicklyPacked = 128 << 10;  // about a millisecond
constexpr std::size_t kLongReply = 64 << 10;       // shorter ones are bounded by the connections

// What stands for the same in another coding is not the same byte for byte: its tag is a weak one.
HttpReply as_packed(HttpReply reply) {
  for (auto& [name, value] : reply.headers) {
    if (name == "ETag" && !value.starts_with("W/")) value.insert(0, "W/");
  }
  reply.headers.emplace_back("Content-Encoding", "gzip");
  return reply;
}

bool is_packed(const HttpReply& reply) {
  return std::ranges::any_of(reply.headers,
                             [](const auto& header) { return header.first == "Content-Encoding"; });
}

int fd_of(MHD_Connection* connection) {
  return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

}  // namespace

HttpExchange::HttpExchange(const HttpContext& context, MHD_Connection* connection,
                           const char* target, const Peer& peer, bool admitted)
    : context_(context),
      connection_(connection),
      target_(target == nullptr ? "" : target),
      target_end_(target == nullptr ? nullptr : target + target_.size()),
      body_share_(*context.bodies, account_of(peer)),
      reply_share_(*context.replies, account_of(peer)),
      hang_up_check_([this] { check_hang_up(); }),
      stall_([this] { drop_if_stalled(); }),
      admitted_(admitted) {
  request_.peer = peer;
}

MHD_Result HttpExchange::proceed(const char* method, const char* version, const char* data,
                                 std::size_t* size) {
  if (!begun_) {
    begun_ = true;
    try {
      // One space lies between them, unless the target has a NUL that cut it short.
      if (version != target_end_ + 1) throw malformed("the request line is not of three words");
      read_head(connection_, method, version, target_, request_);
      if (announced_length(request_).value_or(0) > kLargestIgnoredBody) reply_ = body_too_large();
      if (!admitted_) reply_ = crowded();
    } catch (const Error& error) {
      reply_ = context_.application.refuse(HttpFault::kMalformed, error.what());
    }
    if (!reply_) return MHD_YES;
    // Where the next request would begin is not known, or far away.
    reply_->headers.emplace_back("Connection", "close");
    dispatched_ = true;
    return queue_reply();
  }
  if (*size > 0) return take_body(data, size);
  if (!dispatched_) dispatch();
  if (reply_) return queue_reply();
  suspend();
  watch_for_hang_up();
  return MHD_YES;
}

MHD_Result HttpExchange::take_body(const char* data, std::size_t* size) {
  if (request_.body.size() + *size > kLargestBody) {
    too_large_ = true;
  } else if (!body_share_.take(*size)) {
    crowded_ = true;
  } else {
    request_.body.append(data, *size);
  }
  *size = 0;
  return MHD_YES;
}

void HttpExchange::dispatch() {
  dispatched_ = true;
  if (too_large_ || crowded_) {
    reply_ = too_large_ ? body_too_large() : crowded();
  } else {
    context_.application.handle(request_, [weak = weak_from_this()](HttpReply reply) {
      if (const auto self = weak.lock()) self->answer(std::move(reply));
    });
  }
  request_.body = {};  // the reply may be long in coming
  body_share_.give_back();
}

void HttpExchange::give(HttpReply reply) {
  if (connection_ == nullptr || reply_) return;
  reply_ = std::move(reply);
  resume();
}

void HttpExchange::answer(HttpReply reply) {
  if (!has_room_for(reply)) return give(crowded());
  give_packed(std::move(reply));
}

bool HttpExchange::has_room_for(const HttpReply& reply) {
  reply_share_.give_back();
  const auto size = reply.body.size();
  return size < kLongReply || reply_share_.take(std::min(size, kRepliesInFlight.each));
}

void HttpExchange::give_packed(HttpReply reply) {
  constexpr int kNotModified = 304;  // says what the body would have said
  const bool packed_before = is_packed(reply);
  const bool is_short = !packed_before && reply.body.size() < kShortestToGzip;
  if (reply.status == kNotModified || (!reply.stream && !is_short)) {
    reply.headers.emplace_back("Vary", "Accept-Encoding");
  }
  if (reply.stream || is_short || packed_before) return give(std::move(reply));
  if (!accepts_gzip(request_.header("accept-encoding"))) return give(std::move(reply));
  if (reply.body.size() <= kQuicklyPacked || context_.executor == nullptr) {
    reply.body = gzip(reply.body);
    return give(as_packed(std::move(reply)));
  }
  const auto shared = std::make_shared<HttpReply>(std::move(reply));
  async(
      *context_.executor, [shared] { shared->body = gzip(shared->body); },
      [weak = weak_from_this(), shared](const Result<std::monostate>& packed) {
        const auto self = weak.lock();
        if (!self) return;
        self->has_room_for(*shared);  // it takes less now
        self->give(error_of(packed) == nullptr ? as_packed(std::move(*shared))
                                               : std::move(*shared));
      });
}

void HttpExchange::suspend() {
  suspended_ = true;
  MHD_suspend_connection(connection_);
}

void HttpExchange::resume() {
  if (!suspended_ || connection_ == nullptr) return;
  suspended_ = false;
  hang_up_check_.cancel();
  MHD_resume_connection(connection_);
  context_.kick();
}

void HttpExchange::watch_for_hang_up() {
  context_.wheel.arm(hang_up_check_, tick_after(context_.clock, kHangUpCheck));
}

// A half-closed connection has not hung up: it may still be read.
bool HttpExchange::drop_if_hung_up() {
  if (!suspended_ || connection_ == nullptr) return false;
  pollfd state{fd_of(connection_), 0, 0};
  const bool gone = ::poll(&state, 1, 0) > 0 && (state.revents & (POLLHUP | POLLERR)) != 0;
  if (gone && !streaming_) give({503, {}, {}, {}, nullptr});  // which nobody reads
  return gone;
}

void HttpExchange::check_hang_up() {
  if (!drop_if_hung_up()) watch_for_hang_up();
}

void HttpExchange::end() {
  connection_ = nullptr;
  hang_up_check_.cancel();
  stall_.cancel();
}

HttpReply HttpExchange::body_too_large() const {
  return context_.application.refuse(
      HttpFault::kTooLarge, format("the request's body is larger than {} bytes", kLargestBody));
}

HttpReply HttpExchange::crowded() const {
  return context_.application.refuse(
      HttpFault::kCrowded,
      format("{} has as many requests here as one may have at the same time; ask again when some "
             "are done",
             to_string(request_.peer)));
}

MHD_Result HttpExchange::queue_reply() {
  replying_ = true;
  streaming_ = reply_->stream != nullptr;
  if (streaming_) {
    reply_->stream->on_ready([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->resume();
    });
  }
  MHD_Response* response = make_response(
      *reply_,
      [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->suspend();
      },
      [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->wait_for_progress();
      });
  if (response == nullptr) return MHD_NO;
  const auto result =
      MHD_queue_response(connection_, static_cast<unsigned>(reply_->status), response);
  MHD_destroy_response(response);
  if (streaming_) wait_for_progress();
  return result;
}

void HttpExchange::wait_for_progress() {
  const auto patience = reply_->stream->patience();
  if (connection_ == nullptr || patience == Duration::zero()) return;
  context_.wheel.arm(stall_, tick_after(context_.clock, patience));
}

// While nothing is due it is not the client that keeps the stream waiting.
void HttpExchange::drop_if_stalled() {
  if (suspended_) return wait_for_progress();
  if (connection_ != nullptr) ::shutdown(fd_of(connection_), SHUT_RDWR);
}

}  // namespace nbasync
