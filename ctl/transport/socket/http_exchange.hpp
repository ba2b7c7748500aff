#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/unique_fd.hpp"
#include "ctl/transport/socket/http_response.hpp"

namespace nbasync::ctl {

struct HttpRequest {
  std::string method = "GET";
  std::string target;
  std::string body = {};                  // JSON; may be empty
  std::vector<std::string> headers = {};  // whole lines
};

// One request over the daemon's socket, on a connection of its own, and the answer to it. Reading
// never blocks; waiting ends at a deadline. Throws Error: kDaemonUnreachable when nobody answers.
class HttpExchange {
 public:
  // Connects and sends. Throws SocketUnusable when there is no daemon to connect to, or it may not
  // be connected to.
  HttpExchange(const std::string& socket, const HttpRequest& request);

  int fd() const { return fd_.get(); }  // readable: read() has something to do
  HttpResponse& response() { return response_; }

  // Reads what has come, without waiting; only a part of it, and whether there may be more.
  void read();
  bool read_part();

  // Waits for the whole answer, or only for its head.
  void wait_until_complete(SteadyTime deadline);
  void wait_for_head(SteadyTime deadline);

 private:
  void wait(SteadyTime deadline);

  std::string socket_;
  UniqueFd fd_;
  HttpResponse response_;
};

}  // namespace nbasync::ctl
