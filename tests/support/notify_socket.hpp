#pragma once

#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "base/unique_fd.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// The service manager's end of sd_notify(3), for this process and its children while it lives.
class NotifySocket {
 public:
  NotifySocket() : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    const auto path = (directory_.path() / "notify").string();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::bind(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::system_error(errno, std::generic_category(), path);
    }
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
  }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;
  ~NotifySocket() {
    for (const auto* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC"}) ::unsetenv(name);
  }

  // The oldest message not read yet; waits for one at most that long.
  std::optional<std::string> next(std::chrono::milliseconds ceiling = {}) {
    pollfd ready{fd_.get(), POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(ceiling.count())) != 1) return std::nullopt;
    std::array<char, 4096> buffer{};
    const auto size = ::recv(fd_.get(), buffer.data(), buffer.size(), 0);
    return std::string(buffer.data(), static_cast<std::size_t>(size));
  }

  // All that has come and was not read yet.
  std::vector<std::string> rest() {
    std::vector<std::string> messages;
    while (auto message = next()) messages.push_back(std::move(*message));
    return messages;
  }

  // Reads on until a message has `text` in it; false if the ceiling comes first.
  bool wait_for(const std::string& text,
                std::chrono::milliseconds ceiling = std::chrono::seconds{30}) {
    const auto deadline = std::chrono::steady_clock::now() + ceiling;
    for (;;) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          deadline - std::chrono::steady_clock::now());
      if (left.count() <= 0) return false;
      const auto message = next(left);
      if (message && message->find(text) != std::string::npos) return true;
    }
  }

 private:
  TemporaryDirectory directory_;
  UniqueFd fd_;
};

}  // namespace nbasync::testing
