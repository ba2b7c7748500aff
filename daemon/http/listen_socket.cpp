#include "http/listen_socket.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <sstream>
#include <utility>

#include "base/error.hpp"
#include "base/format.hpp"

namespace nbasync {
namespace {

constexpr int kBacklog = 1024;
constexpr int kFirstPassed = 3;  // SD_LISTEN_FDS_START

[[noreturn]] void fail(const std::string& where, std::string_view why) {
  throw Error(Errc::kInternal, format("socket {}: {}", where, why));
}
[[noreturn]] void fail_errno(const std::string& where, std::string_view what) {
  fail(where, format("{}: {}", what, std::strerror(errno)));
}

sockaddr_un unix_address(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    fail(path, format("the path is too long; {} characters fit", sizeof address.sun_path - 1));
  }
  path.copy(address.sun_path, path.size());
  return address;
}

const sockaddr* generic(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

UniqueFd new_socket(int family) {
  return UniqueFd(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

// Removes what a dead process has left.
void clear_way(const std::string& path, const sockaddr_un& address) {
  struct stat there {};
  if (::lstat(path.c_str(), &there) != 0) return;
  if (!S_ISSOCK(there.st_mode)) fail(path, "something that is no socket is there; remove it");
  const auto probe = new_socket(AF_UNIX);
  if (::connect(probe.get(), generic(address), sizeof address) == 0 || errno == EAGAIN) {
    fail(path, "another process listens there; stop it, or choose another path");
  }
  if (errno == ECONNREFUSED) ::unlink(path.c_str());
}

}  // namespace

ListenSocket::~ListenSocket() {
  if (!fd_ || path_.empty()) return;
  struct stat there {};
  if (::lstat(path_.c_str(), &there) == 0 && there.st_ino == inode_) ::unlink(path_.c_str());
}

ListenSocket ListenSocket::at_path(const std::filesystem::path& path, mode_t mode) {
  const auto name = path.string();
  const auto address = unix_address(name);
  clear_way(name, address);
  ListenSocket socket(new_socket(AF_UNIX));
  // Nobody can connect before listen(), so that the rights are in place by then.
  if (!socket.fd_ || ::bind(socket.fd(), generic(address), sizeof address) != 0) {
    fail_errno(name, "cannot be made; its directory must exist and be writable");
  }
  if (::chmod(name.c_str(), mode) != 0) fail_errno(name, "chmod");
  struct stat made {};
  if (::lstat(name.c_str(), &made) != 0) fail_errno(name, "stat");
  if (::listen(socket.fd(), kBacklog) != 0) fail_errno(name, "listen");
  socket.path_ = path;
  socket.inode_ = made.st_ino;
  return socket;
}

void ListenSocket::give_to(const std::filesystem::path& path, gid_t group) noexcept {
  [[maybe_unused]] const int ignored = ::lchown(path.c_str(), static_cast<uid_t>(-1), group);
}

ListenSocket ListenSocket::at_address(const std::string& address) {
  const auto colon = address.rfind(':');
  if (colon == std::string::npos) fail(address, "is no address; write 127.0.0.1:8080");
  auto host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);

  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* first = nullptr;
  const int result = ::getaddrinfo(host.c_str(), address.substr(colon + 1).c_str(), &hints, &first);
  if (result != 0) fail(address, ::gai_strerror(result));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> found(first, &::freeaddrinfo);

  ListenSocket socket(new_socket(found->ai_family));
  const int on = 1;
  ::setsockopt(socket.fd(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (!socket.fd_ || ::bind(socket.fd(), found->ai_addr, found->ai_addrlen) != 0 ||
      ::listen(socket.fd(), kBacklog) != 0) {
    fail_errno(address, "cannot listen");
  }
  return socket;
}

ListenSocket ListenSocket::duplicate() const {
  ListenSocket socket{UniqueFd(::fcntl(fd(), F_DUPFD_CLOEXEC, 0))};
  if (!socket.fd_) fail_errno(path_.empty() ? "passed by systemd" : path_.string(), "duplicate");
  return socket;
}

std::filesystem::path ListenSocket::path() const {
  sockaddr_un address{};
  socklen_t size = sizeof address;
  if (::getsockname(fd(), reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
  if (address.sun_family != AF_UNIX || size <= offsetof(sockaddr_un, sun_path)) return {};
  return std::string(address.sun_path,
                     ::strnlen(address.sun_path, size - offsetof(sockaddr_un, sun_path)));
}

std::vector<ListenSocket::Passed> ListenSocket::passed() {
  const char* pid = std::getenv("LISTEN_PID");
  const char* count = std::getenv("LISTEN_FDS");
  const char* names = std::getenv("LISTEN_FDNAMES");
  const bool ours = pid != nullptr && count != nullptr && std::atoi(pid) == ::getpid();
  const int last = kFirstPassed + (ours ? std::atoi(count) : 0);
  std::istringstream words(names == nullptr ? "" : names);
  for (const auto* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"}) ::unsetenv(name);

  std::vector<Passed> sockets;
  for (int fd = kFirstPassed; fd < last; ++fd) {
    ListenSocket socket{UniqueFd(fd)};
    int listens = 0;
    socklen_t size = sizeof listens;
    if (::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || listens == 0) {
      fail("passed by systemd", "is no listening socket; the unit needs ListenStream=");
    }
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
    std::string name;
    std::getline(words, name, ':');
    sockets.push_back({std::move(name), std::move(socket)});
  }
  return sockets;
}

}  // namespace nbasync
