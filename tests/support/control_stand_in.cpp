#include "support/control_stand_in.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/format.hpp"

namespace nbasync::testing {
namespace {

int succeeded(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

UniqueFd listen_at(const std::string& path) {
  UniqueFd fd(succeeded(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  succeeded(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), "bind");
  succeeded(::listen(fd.get(), SOMAXCONN), "listen");
  return fd;
}

// Waits until fd is readable; false when `stopped` becomes so.
bool can_read(int fd, int stopped) {
  std::array<pollfd, 2> waits = {{{fd, POLLIN, 0}, {stopped, POLLIN, 0}}};
  while (::poll(waits.data(), waits.size(), -1) < 0 && errno == EINTR) {
  }
  return waits[1].revents == 0;
}

void send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;  // the client has gone
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string text_of(const ControlStandIn::Reply& reply) {
  auto text =
      format("HTTP/1.1 {} Because\r\nContent-Type: {}\r\n", reply.status, reply.content_type);
  if (!reply.chunked) {
    return text + format("Content-Length: {}\r\n\r\n{}", reply.body.size(), reply.body);
  }
  text += "Transfer-Encoding: chunked\r\n\r\n";
  constexpr std::size_t kChunk = 7;
  for (std::size_t at = 0; at < reply.body.size(); at += kChunk) {
    const auto chunk = reply.body.substr(at, kChunk);
    text += format("{:x}\r\n{}\r\n", chunk.size(), chunk);
  }
  return text + "0\r\n\r\n";
}

}  // namespace

ControlStandIn::ControlStandIn()
    : listener_(listen_at(path())),
      stopped_(succeeded(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")),
      acceptor_([this] { accept_connections(); }) {}

ControlStandIn::~ControlStandIn() { go(); }

void ControlStandIn::go() {
  ::eventfd_write(stopped_.get(), 1);
  if (acceptor_.joinable()) acceptor_.join();
  listener_.reset();
  drop_readers();
  std::error_code ignored;
  std::filesystem::remove(path(), ignored);
}

void ControlStandIn::answer(const std::string& beginning, Handler handler) {
  const std::lock_guard lock(mutex_);
  handlers_[beginning] = std::move(handler);
}

void ControlStandIn::answer(const std::string& beginning, Reply reply) {
  answer(beginning, [reply = std::move(reply)](const Request&) { return reply; });
}

void ControlStandIn::send_events(const std::string& bytes) {
  const std::lock_guard lock(mutex_);
  for (const auto& reader : readers_) send_all(reader.get(), bytes);
}

void ControlStandIn::drop_readers() {
  const std::lock_guard lock(mutex_);
  readers_.clear();
}

bool ControlStandIn::wait_for_readers(std::size_t count) {
  std::unique_lock lock(mutex_);
  return opened_.wait_for(lock, std::chrono::seconds(30), [&] { return readers_ever_ >= count; });
}

std::vector<ControlStandIn::Request> ControlStandIn::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void ControlStandIn::accept_connections() {
  while (can_read(listener_.get(), stopped_.get())) {
    const int fd = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (fd >= 0) connections_.emplace_back([this, fd] { serve(fd); });
  }
  connections_.clear();  // joins them
}

void ControlStandIn::serve(int accepted) {
  UniqueFd fd(accepted);
  const auto request = read_request(fd.get());
  if (!request) return;
  Handler handler;
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(*request);
    const auto line = request->method + " " + request->target;
    std::size_t longest = 0;
    for (const auto& [beginning, each] : handlers_) {
      if (!line.starts_with(beginning) || beginning.size() < longest) continue;
      handler = each;
      longest = beginning.size();
    }
    if (!handler && line == "GET /api/v1/events") {
      send_all(fd.get(), "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
      readers_.push_back(std::move(fd));
      ++readers_ever_;
      opened_.notify_all();
      return;
    }
  }
  const auto reply = handler ? handler(*request) : Reply{404, "no such route", "text/plain"};
  if (reply) send_all(fd.get(), text_of(*reply));
}

std::optional<ControlStandIn::Request> ControlStandIn::read_request(int fd) const {
  std::string bytes;
  std::size_t end = std::string::npos;
  std::size_t length = 0;
  while (end == std::string::npos || bytes.size() < end + 4 + length) {
    std::array<char, 4096> buffer;
    if (!can_read(fd, stopped_.get())) return std::nullopt;
    const auto size = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (size <= 0) return std::nullopt;
    bytes.append(buffer.data(), static_cast<std::size_t>(size));
    end = bytes.find("\r\n\r\n");
    const auto field = bytes.find("Content-Length: ");
    if (end != std::string::npos && field < end) length = std::stoul(bytes.substr(field + 16));
  }
  Request request;
  const auto space = bytes.find(' ');
  request.method = bytes.substr(0, space);
  request.target = bytes.substr(space + 1, bytes.find(' ', space + 1) - space - 1);
  request.head = bytes.substr(0, end);
  request.body = bytes.substr(end + 4);
  return request;
}

}  // namespace nbasync::testing
