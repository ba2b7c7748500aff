#include "ctl/transport/socket/http_exchange.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string_view>

#include "base/error.hpp"
#include "base/format.hpp"
#include "ctl/transport/socket/socket_error.hpp"

namespace nbasync::ctl {
namespace {

constexpr timeval kPatience{10, 0};  // with a daemon that accepts or reads nothing

UniqueFd connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) {
    throw Error(Errc::kInvalidArgument,
                format("the socket's path '{}' must have 1 to {} characters", path,
                       sizeof address.sun_path - 1));
  }
  path.copy(address.sun_path, path.size());
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd) throw unusable(path, errno);
  ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);  // of connect, too
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw unusable(path, errno);
  }
  return fd;
}

std::string text_of(const HttpRequest& request) {
  auto text = format("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n", request.method,
                     request.target);
  for (const auto& header : request.headers) text += header + "\r\n";
  if (!request.body.empty()) text += "Content-Type: application/json\r\n";
  if (!request.body.empty() || request.method == "POST") {
    text += format("Content-Length: {}\r\n", request.body.size());
  }
  return text + "\r\n" + request.body;
}

}  // namespace

HttpExchange::HttpExchange(const std::string& socket, const HttpRequest& request)
    : socket_(socket), fd_(connect_to(socket)) {
  const auto text = text_of(request);
  std::string_view left = text;
  while (!left.empty()) {
    const auto sent = ::send(fd_.get(), left.data(), left.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EPIPE) return;  // it may have answered before it closed
    if (sent < 0) throw lost(socket_, std::strerror(errno));
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void HttpExchange::read() {
  while (read_part()) {
  }
}

bool HttpExchange::read_part() {
  if (response_.complete()) return false;
  std::array<char, 16 << 10> buffer;
  const auto size = ::recv(fd_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size < 0 && errno == EINTR) return true;
  if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return false;
  if (size < 0) throw lost(socket_, std::strerror(errno));
  if (size == 0) {
    if (response_.empty()) throw lost(socket_, "it closed the connection without an answer");
    response_.end();
    return false;
  }
  response_.feed({buffer.data(), static_cast<std::size_t>(size)});
  return !response_.complete();
}

void HttpExchange::wait(SteadyTime deadline) {
  const auto left =
      std::chrono::ceil<Duration>(deadline - std::chrono::steady_clock::now()).count();
  pollfd polled{fd_.get(), POLLIN, 0};
  const int ready = left > 0 ? ::poll(&polled, 1, static_cast<int>(left)) : 0;
  if (ready == 0) throw lost(socket_, "it does not answer in time");
  if (ready < 0 && errno != EINTR) throw lost(socket_, std::strerror(errno));
  read();
}

void HttpExchange::wait_until_complete(SteadyTime deadline) {
  while (!response_.complete()) wait(deadline);
}

void HttpExchange::wait_for_head(SteadyTime deadline) {
  while (!response_.has_head()) wait(deadline);
}

}  // namespace nbasync::ctl
