#include "ctl/transport/socket/download.hpp"

#include <poll.h>

#include <cerrno>
#include <cstring>

#include "base/error.hpp"
#include "ctl/transport/socket/http_exchange.hpp"
#include "ctl/transport/socket/socket_error.hpp"

namespace nbasync::ctl {
namespace {

constexpr int kMakingTime = 600'000;  // ms: the daemon makes the whole of it first
constexpr int kSilence = 60'000;      // ms, between two parts of it

void wait(const HttpExchange& exchange, int stop_fd, int patience, const std::string& socket) {
  pollfd polled[] = {{exchange.fd(), POLLIN, 0}, {stop_fd, POLLIN, 0}};
  const int ready = ::poll(polled, 2, patience);
  if (ready == 0) throw lost(socket, "it does not answer in time");
  if (ready < 0 && errno != EINTR) throw lost(socket, std::strerror(errno));
  if (ready > 0 && polled[1].revents != 0) throw Error(Errc::kCancelled, "cancelled");
}

}  // namespace

void download(const std::string& socket, const std::string& target, int stop_fd,
              const Client::Take& take) {
  HttpExchange exchange(socket, {.target = target});
  auto& response = exchange.response();
  while (!response.complete()) {
    wait(exchange, stop_fd, response.has_head() ? kSilence : kMakingTime, socket);
    exchange.read_part();
    if (response.has_head() && response.status() == 200) take(response.take_body());
  }
  if (response.status() != 200) throw_problem(response);
}

}  // namespace nbasync::ctl
