#include "http/response.hpp"

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace nbasync {
namespace {

constexpr std::size_t kStreamBlock = 4096;  // bytes handed to microhttpd at a time

struct Streaming {
  std::shared_ptr<ReplyStream> stream;
  std::function<void()> pause;
  std::function<void()> progress;
};

ssize_t read_stream(void* self, std::uint64_t, char* buffer, std::size_t room) noexcept {
  const auto& [stream, pause, progress] = *static_cast<Streaming*>(self);
  const auto count = stream->read(buffer, room);
  if (count > 0) {
    progress();
    return static_cast<ssize_t>(count);
  }
  if (stream->has_failed()) return MHD_CONTENT_READER_END_WITH_ERROR;
  if (stream->is_over()) return MHD_CONTENT_READER_END_OF_STREAM;
  pause();
  return 0;
}

MHD_Response* stream_response(std::shared_ptr<ReplyStream> stream, std::function<void()> pause,
                              std::function<void()> progress) {
  auto streaming = std::make_unique<Streaming>(
      Streaming{std::move(stream), std::move(pause), std::move(progress)});
  auto* response = MHD_create_response_from_callback(
      MHD_SIZE_UNKNOWN, kStreamBlock, &read_stream, streaming.get(),
      [](void* ended) { delete static_cast<Streaming*>(ended); });
  if (response != nullptr) static_cast<void>(streaming.release());
  return response;
}

MHD_Response* text_response(std::string text) {
  auto body = std::make_unique<std::string>(std::move(text));
  auto* response = MHD_create_response_from_buffer_with_free_callback_cls(
      body->size(), body->data(), [](void* sent) { delete static_cast<std::string*>(sent); },
      body.get());
  if (response != nullptr) static_cast<void>(body.release());
  return response;
}

}  // namespace

MHD_Response* make_response(HttpReply& reply, std::function<void()> pause,
                            std::function<void()> progress) {
  auto* response = reply.stream
                       ? stream_response(reply.stream, std::move(pause), std::move(progress))
                       : text_response(std::move(reply.body));
  if (response == nullptr) return nullptr;
  for (const auto& [name, value] : reply.headers) {
    MHD_add_response_header(response, name.c_str(), value.c_str());
  }
  if (!reply.content_type.empty()) {
    MHD_add_response_header(response, "Content-Type", reply.content_type.c_str());
  }
  return response;
}

}  // namespace nbasync
