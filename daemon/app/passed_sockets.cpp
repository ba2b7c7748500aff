#include "app/passed_sockets.hpp"

#include <utility>

namespace nbasync {
namespace {

constexpr const char* kReadName = "read";  // FileDescriptorName= of nbasyncd-read.socket

}  // namespace

PassedSockets PassedSockets::take() {
  PassedSockets sockets;
  for (auto& [name, socket] : ListenSocket::passed()) {
    auto& place = name == kReadName ? sockets.read : sockets.control;
    if (!place) place.emplace(std::move(socket));
  }
  return sockets;
}

PassedSockets PassedSockets::duplicate() const {
  PassedSockets sockets;
  if (control) sockets.control.emplace(control->duplicate());
  if (read) sockets.read.emplace(read->duplicate());
  return sockets;
}

}  // namespace nbasync
