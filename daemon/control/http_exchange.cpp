#include "control/http_exchange.hpp"

#include <poll.h>

#include <exception>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"
#include "control/event_reader.hpp"
#include "control/http_head.hpp"
#include "control/problem.hpp"
#include "log/log.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

// A body that is too large is read to its end, so that the client can read why it is refused; but
// not one like this.
constexpr std::size_t kLargestIgnoredBody = 1 << 20;
constexpr Duration kHangUpCheck{15'000};
constexpr std::size_t kStreamBlock = 4096;  // bytes handed to microhttpd at a time

int fd_of(MHD_Connection* connection) {
  return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

HttpReply body_too_large() {
  return problem(413, "body-too-large",
                 format("the request's body is larger than {} bytes", kLargestBody));
}

}  // namespace

struct HttpExchange::Stream {
  std::shared_ptr<EventReader> reader;
  std::weak_ptr<HttpExchange> exchange;
};

HttpExchange::HttpExchange(const HttpContext& context, MHD_Connection* connection,
                           const char* target)
    : context_(context),
      connection_(connection),
      target_(target == nullptr ? "" : target),
      target_end_(target == nullptr ? nullptr : target + target_.size()),
      hang_up_check_([this] { check_hang_up(); }) {
  request_.peer = peer_of(fd_of(connection));
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
    } catch (const Error& error) {
      reply_ = problem(error.code(), error.what());
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
  } else {
    request_.body.append(data, *size);
  }
  *size = 0;
  return MHD_YES;
}

void HttpExchange::dispatch() {
  dispatched_ = true;
  if (too_large_) {
    reply_ = body_too_large();
    return;
  }
  context_.handler(request_, [weak = weak_from_this()](HttpReply reply) {
    if (const auto self = weak.lock()) self->give(std::move(reply));
  });
}

void HttpExchange::give(HttpReply reply) {
  if (connection_ == nullptr || reply_) return;
  reply_ = std::move(reply);
  resume();
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
void HttpExchange::check_hang_up() {
  pollfd state{fd_of(connection_), 0, 0};
  if (::poll(&state, 1, 0) > 0 && (state.revents & (POLLHUP | POLLERR)) != 0) {
    give(problem(503, "internal", "nobody listens any more"));
  } else {
    watch_for_hang_up();
  }
}

void HttpExchange::end() {
  connection_ = nullptr;
  hang_up_check_.cancel();
}

MHD_Result HttpExchange::queue_reply() {
  replying_ = true;
  streaming_ = reply_->events != nullptr;
  MHD_Response* response = make_response(*reply_);
  if (response == nullptr) return MHD_NO;
  for (const auto& [name, value] : reply_->headers) {
    MHD_add_response_header(response, name.c_str(), value.c_str());
  }
  if (!reply_->content_type.empty()) {
    MHD_add_response_header(response, "Content-Type", reply_->content_type.c_str());
  }
  const auto result =
      MHD_queue_response(connection_, static_cast<unsigned>(reply_->status), response);
  MHD_destroy_response(response);
  return result;
}

MHD_Response* HttpExchange::make_response(HttpReply& reply) {
  if (reply.events) {
    auto stream = std::make_unique<Stream>(Stream{reply.events, weak_from_this()});
    reply.events->on_ready([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->resume();
    });
    auto* response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, kStreamBlock, &read_stream, stream.get(),
        [](void* ended) { delete static_cast<Stream*>(ended); });
    if (response != nullptr) static_cast<void>(stream.release());
    return response;
  }
  auto body = std::make_unique<std::string>(std::move(reply.body));
  auto* response = MHD_create_response_from_buffer_with_free_callback_cls(
      body->size(), body->data(), [](void* sent) { delete static_cast<std::string*>(sent); },
      body.get());
  if (response != nullptr) static_cast<void>(body.release());
  return response;
}

ssize_t HttpExchange::read_stream(void* self, std::uint64_t, char* buffer,
                                  std::size_t room) noexcept {
  const auto& stream = *static_cast<Stream*>(self);
  const auto count = stream.reader->read(buffer, room);
  if (count > 0) return static_cast<ssize_t>(count);
  if (stream.reader->is_over()) return MHD_CONTENT_READER_END_OF_STREAM;
  if (const auto exchange = stream.exchange.lock()) exchange->suspend();
  return 0;
}

}  // namespace nbasync
