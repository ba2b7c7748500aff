#pragma once

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <functional>
#include <memory>
#include <string>

#include "base/format.hpp"
#include "base/unique_fd.hpp"
#include "event/fd_pump.hpp"
#include "event/loop.hpp"
#include "event/wheel_driver.hpp"
#include "http/server.hpp"
#include "support/temporary_directory.hpp"
#include "timer/tick.hpp"

namespace nbasync::testing {

// A server on a socket of its own, and one client of it on the same loop. The application is the
// test's: it tells faults as plain text, and what it does with a request is in `handle_`.
class HttpServerFixture : public ::testing::Test {
 protected:
  HttpServerFixture() {
    client_.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::connect(client_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    reader_ = std::make_unique<FdPump>(
        loop_, wheel_, client_.get(),
        [this] {
          return Interest{!closed_, false, {}};
        },
        [this] { take(); });
  }

  static std::string name_of(HttpFault fault) {
    switch (fault) {
      case HttpFault::kMalformed:
        return "malformed";
      case HttpFault::kTooLarge:
        return "too large";
      case HttpFault::kCrowded:
        return "crowded";
      case HttpFault::kStopping:
        break;
    }
    return "stopping";
  }

  void send(const std::string& bytes) const {
    ASSERT_EQ(::send(client_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }

  // Lets the loop turn until this has come, or the server has closed.
  void read_until(const std::string& text) {
    wanted_ = text;
    if (!has_what_is_wanted()) loop_.run();
  }

  void take() {
    char buffer[4096];
    const auto count = ::recv(client_.get(), buffer, sizeof buffer, 0);
    if (count > 0) got_.append(buffer, static_cast<std::size_t>(count));
    closed_ = count == 0;
    if (has_what_is_wanted()) loop_.stop();
  }
  bool has_what_is_wanted() const { return closed_ || got_.find(wanted_) != std::string::npos; }

  RealClock clock_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  Loop loop_;
  WheelDriver driver_{loop_, wheel_};
  TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "s";
  std::function<void(const HttpRequest&, const Answer&)> handle_;
  HttpServer server_{
      loop_, wheel_, clock_, ListenSocket::at_path(path_),
      HttpApplication{
          [this](const HttpRequest& request, const Answer& answer) { handle_(request, answer); },
          [](HttpFault fault, const std::string& why) {
            return HttpReply{
                499, "text/plain", format("{}: {}!", name_of(fault), why), {}, nullptr};
          }}};
  UniqueFd client_;
  std::unique_ptr<FdPump> reader_;
  std::string got_;
  std::string wanted_;
  bool closed_ = false;
};

}  // namespace nbasync::testing
