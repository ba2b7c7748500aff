#include "systemd/manager_socket.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>

namespace nbasync {

ManagerSocket::ManagerSocket() {
  const char* path = std::getenv("NOTIFY_SOCKET");
  path_ = path == nullptr ? "" : path;
  if (path_.empty() || path_.size() >= sizeof(sockaddr_un::sun_path)) return;
  fd_.reset(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
}

bool ManagerSocket::send(const std::string& assignments) const {
  if (!fd_) return true;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path_.copy(address.sun_path, sizeof address.sun_path - 1);
  if (path_.front() == '@') address.sun_path[0] = '\0';  // of the abstract names
  const auto length = offsetof(sockaddr_un, sun_path) + path_.size();
  const auto sent =
      ::sendto(fd_.get(), assignments.data(), assignments.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
               reinterpret_cast<sockaddr*>(&address), static_cast<socklen_t>(length));
  return sent >= 0 || (errno != EAGAIN && errno != ENOBUFS);
}

}  // namespace nbasync
