#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/unique_fd.hpp"

namespace nbasync::testing {

// What a server answered.
struct RawReply {
  int status = 0;  // 0: none came
  std::string head;
  std::string body;

  // The value of a header, by its name as the server writes it; empty if there is none.
  std::string header(const std::string& name) const;
};

// A client of the control socket that sends what it is told to, byte for byte: also what no proper
// client would. Blocking, each wait under a ceiling.
class RawConnection {
 public:
  static constexpr std::chrono::seconds kCeiling{30};

  // Throws std::system_error.
  static RawConnection to_socket(const std::string& path);
  static RawConnection to_port(std::uint16_t port);

  int fd() const { return fd_.get(); }

  // False if the server has gone.
  bool send(std::string_view bytes) const;
  void end_sending() const;

  // One reply, to the length that its head tells.
  RawReply read_reply(std::chrono::milliseconds ceiling = kCeiling);
  // Sends a request and reads its reply; the connection is kept.
  RawReply ask(const std::string& method, const std::string& target, const std::string& body = {},
               const std::string& headers = {});

  // Reads until this has come: all that was read; what was there if the end or the ceiling comes
  // first.
  std::string read_until(std::string_view text, std::chrono::milliseconds ceiling = kCeiling);

  // Reads on and throws away; true once the server has closed.
  bool wait_for_close(std::chrono::milliseconds ceiling = kCeiling);

 private:
  explicit RawConnection(UniqueFd fd) : fd_(std::move(fd)) {}
  // False at the end, or at the deadline.
  bool read_some(std::chrono::steady_clock::time_point deadline);

  UniqueFd fd_;
  std::string read_;
  bool closed_ = false;
};

}  // namespace nbasync::testing
