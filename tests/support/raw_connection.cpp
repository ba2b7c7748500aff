#include "support/raw_connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <system_error>

namespace nbasync::testing {
namespace {

using Clock = std::chrono::steady_clock;

UniqueFd connected(int family, const sockaddr* address, socklen_t size) {
  UniqueFd fd(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd || ::connect(fd.get(), address, size) != 0) {
    throw std::system_error(errno, std::generic_category(), "connect");
  }
  return fd;
}

}  // namespace

std::string RawReply::header(const std::string& name) const {
  const auto at = head.find("\r\n" + name + ":");
  if (at == std::string::npos) return {};
  const auto from = head.find_first_not_of(' ', at + 2 + name.size() + 1);
  return head.substr(from, head.find("\r\n", from) - from);
}

RawConnection RawConnection::to_socket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return RawConnection(
      connected(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof address));
}

RawConnection RawConnection::to_port(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return RawConnection(
      connected(AF_INET, reinterpret_cast<const sockaddr*>(&address), sizeof address));
}

bool RawConnection::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto sent = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawConnection::end_sending() const { ::shutdown(fd_.get(), SHUT_WR); }

bool RawConnection::read_some(Clock::time_point deadline) {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  pollfd state{fd_.get(), POLLIN, 0};
  if (closed_ || left <= 0 || ::poll(&state, 1, static_cast<int>(left)) <= 0) return false;
  char buffer[16 * 1024];
  const auto count = ::recv(fd_.get(), buffer, sizeof buffer, 0);
  if (count <= 0) {
    closed_ = true;
    return false;
  }
  read_.append(buffer, static_cast<std::size_t>(count));
  return true;
}

RawReply RawConnection::read_reply(std::chrono::milliseconds ceiling) {
  const auto deadline = Clock::now() + ceiling;
  RawReply reply;
  std::size_t end = 0;
  while ((end = read_.find("\r\n\r\n")) == std::string::npos) {
    if (!read_some(deadline)) return reply;
  }
  reply.head = read_.substr(0, end + 2);
  read_.erase(0, end + 4);
  const auto length = reply.header("Content-Length");
  const std::size_t wanted = length.empty() ? 0 : std::stoul(length);
  while (read_.size() < wanted) {
    if (!read_some(deadline)) return reply;
  }
  reply.body = read_.substr(0, wanted);
  read_.erase(0, wanted);
  if (reply.head.starts_with("HTTP/1.1 ")) reply.status = std::stoi(reply.head.substr(9, 3));
  return reply;
}

RawReply RawConnection::ask(const std::string& method, const std::string& target,
                            const std::string& body, const std::string& headers) {
  std::string request = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
  if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  send(request + "\r\n" + body);
  return read_reply();
}

std::string RawConnection::read_until(std::string_view text, std::chrono::milliseconds ceiling) {
  const auto deadline = Clock::now() + ceiling;
  while (read_.find(text) == std::string::npos) {
    if (!read_some(deadline)) return read_;
  }
  return read_;
}

bool RawConnection::wait_for_close(std::chrono::milliseconds ceiling) {
  const auto deadline = Clock::now() + ceiling;
  while (read_some(deadline)) {
  }
  return closed_;
}

}  // namespace nbasync::testing
