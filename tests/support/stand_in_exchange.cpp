#include "support/stand_in_exchange.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "base/format.hpp"

namespace nbasync::testing {

StandInExchange::StandInExchange(int connection, int stopped, int released, StandInRequest request,
                                 std::optional<std::string> body)
    : connection_(connection),
      stopped_(stopped),
      released_(released),
      request_(std::move(request)),
      found_(body.has_value()),
      body_(std::move(body).value_or("")) {}

void StandInExchange::answer(int status, std::string_view body, const Headers& headers) {
  std::string head = format("HTTP/1.1 {} Status\r\n", status);
  bool typed = false;
  for (const auto& [name, value] : headers) {
    typed = typed || name == "Content-Type";
    head += format("{}: {}\r\n", name, value);
  }
  if (!typed) head += "Content-Type: application/json; charset=utf-8\r\n";
  if (status != 204) head += format("Content-Length: {}\r\n", body.size());
  reusable_ = write(head + "\r\n") && write(body);
}

void StandInExchange::answer_well() {
  if (found_) {
    answer(200, body_);
  } else {
    answer(404, "not found", {{"Content-Type", "text/plain"}});
  }
}

bool StandInExchange::send(std::string_view bytes) {
  reusable_ = false;
  return write(bytes);
}

bool StandInExchange::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent =
        ::send(connection_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno != EAGAIN && errno != EINTR) return false;
    std::array<pollfd, 2> waits = {{{connection_, POLLOUT, 0}, {stopped_, POLLIN, 0}}};
    ::poll(waits.data(), waits.size(), -1);
    if (waits[1].revents != 0) return false;
  }
  return true;
}

void StandInExchange::reset() {
  reusable_ = false;
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(connection_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

bool StandInExchange::wait(std::optional<std::chrono::milliseconds> time) {
  std::array<pollfd, 3> waits = {
      {{connection_, POLLRDHUP, 0}, {stopped_, POLLIN, 0}, {released_, POLLIN, 0}}};
  const int timeout = time ? static_cast<int>(time->count()) : -1;
  int ready = 0;
  while ((ready = ::poll(waits.data(), waits.size(), timeout)) < 0 && errno == EINTR) {
  }
  return ready == 0;
}

}  // namespace nbasync::testing
