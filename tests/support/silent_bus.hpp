#pragma once

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>
#include <thread>

#include "base/unique_fd.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// The session bus of this process and its children from now on: lets its first caller in, and then
// says nothing more.
class SilentBus {
 public:
  SilentBus() : listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const auto path = (directory_.path() / "silent").string();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener_.get(), 8) != 0) {
      throw std::system_error(errno, std::generic_category(), path);
    }
    ::setenv("DBUS_SESSION_BUS_ADDRESS", ("unix:path=" + path).c_str(), 1);
    thread_ = std::jthread([this] { serve(); });
  }
  SilentBus(const SilentBus&) = delete;
  SilentBus& operator=(const SilentBus&) = delete;
  ~SilentBus() { ::shutdown(listener_.get(), SHUT_RDWR); }

  // Until the first caller has sent its first message; false if there will be none.
  bool wait_for_message() {
    thread_.join();
    return has_message_;
  }

 private:
  // What a caller sends while it is let in ends with this line.
  static constexpr const char* kBegin = "BEGIN\r\n";

  void serve() {
    caller_ = UniqueFd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    std::string read;
    std::array<char, 4096> buffer{};
    for (bool welcomed = false; !has_message_;) {
      const auto size = ::recv(caller_.get(), buffer.data(), buffer.size(), 0);
      if (size <= 0) return;
      read.append(buffer.data(), static_cast<std::size_t>(size));
      const auto begin = read.find(kBegin);
      if (begin == read.npos) continue;
      if (!welcomed) {
        const std::string answer =
            "DATA\r\nOK 0123456789abcdef0123456789abcdef\r\nAGREE_UNIX_FD\r\n";
        ::send(caller_.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
        welcomed = true;
      }
      has_message_ = read.size() > begin + std::string(kBegin).size();
    }
  }

  TemporaryDirectory directory_;
  UniqueFd listener_;
  UniqueFd caller_;
  bool has_message_ = false;
  std::jthread thread_;
};

}  // namespace nbasync::testing
