#include "http/peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "base/format.hpp"

namespace nbasync {
namespace {

std::vector<gid_t> groups_of(int fd) {
  std::vector<gid_t> groups(64);
  for (int attempt = 0; attempt < 2; ++attempt) {
    auto size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
    const int result = ::getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size);
    const bool too_small = result != 0 && errno == ERANGE;
    if (result != 0 && !too_small) return {};
    groups.resize(size / sizeof(gid_t));
    if (!too_small) return groups;
  }
  return {};
}

std::string address_of(const sockaddr_storage& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.ss_family == AF_INET) {
    const auto& in = reinterpret_cast<const sockaddr_in&>(address);
    ::inet_ntop(AF_INET, &in.sin_addr, text, sizeof text);
    return format("{}:{}", text, ntohs(in.sin_port));
  }
  if (address.ss_family == AF_INET6) {
    const auto& in = reinterpret_cast<const sockaddr_in6&>(address);
    ::inet_ntop(AF_INET6, &in.sin6_addr, text, sizeof text);
    return format("[{}]:{}", text, ntohs(in.sin6_port));
  }
  return {};
}

// "2001:db8:1:2::/64".
std::string network_of(const std::string& ipv6) {
  in6_addr address{};
  if (::inet_pton(AF_INET6, ipv6.c_str(), &address) != 1) return ipv6;
  if (IN6_IS_ADDR_V4MAPPED(&address)) return ipv6.substr(ipv6.rfind(':') + 1);
  std::fill(address.s6_addr + 8, address.s6_addr + 16, std::uint8_t{0});
  char text[INET6_ADDRSTRLEN] = "";
  ::inet_ntop(AF_INET6, &address, text, sizeof text);
  return format("{}/64", text);
}

}  // namespace

std::string account_of(const Peer& peer) {
  if (peer.local) return format("uid {}", peer.uid);
  const auto address = peer.address.substr(0, peer.address.rfind(':'));
  return address.starts_with('[') ? network_of(address.substr(1, address.size() - 2)) : address;
}

Peer peer_of(int fd) {
  Peer peer;
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getpeername(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) return peer;
  if (address.ss_family != AF_UNIX) {
    peer.address = address_of(address);
    return peer;
  }
  ucred credentials{};
  size = sizeof credentials;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return peer;
  peer.local = true;
  peer.uid = credentials.uid;
  peer.pid = credentials.pid;
  peer.groups = groups_of(fd);
  peer.groups.push_back(credentials.gid);
  return peer;
}

std::string to_string(const Peer& peer) {
  if (peer.local) return format("http uid {} pid {}", peer.uid, peer.pid);
  return peer.address.empty() ? "http" : format("http {}", peer.address);
}

}  // namespace nbasync
