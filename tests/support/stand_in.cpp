#include "support/stand_in.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "base/format.hpp"
#include "net/replay_file_name.hpp"
#include "support/file_text.hpp"
#include "support/loopback.hpp"

namespace nbasync::testing {
namespace {

int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

UniqueFd listen_on(std::uint16_t port) {
  UniqueFd fd(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  checked(bind_to_loopback(fd.get(), port), "bind");
  checked(::listen(fd.get(), SOMAXCONN), "listen");
  return fd;
}

std::uint16_t port_of(int listener) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  checked(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
  return ntohs(address.sin_port);
}

// Waits until fd is readable; false when `stopped` becomes so.
bool readable(int fd, int stopped) {
  std::array<pollfd, 2> waits = {{{fd, POLLIN, 0}, {stopped, POLLIN, 0}}};
  while (::poll(waits.data(), waits.size(), -1) < 0 && errno == EINTR) {
  }
  return waits[1].revents == 0;
}

// The next request, with its body; nullopt when the client is gone.
std::optional<StandInRequest> read_request(int fd, int stopped) {
  constexpr std::size_t kLimit = 1 << 20;
  std::string bytes;
  while (bytes.size() < kLimit && readable(fd, stopped)) {
    std::array<char, 4096> buffer{};
    const ssize_t size = ::recv(fd, buffer.data(), buffer.size(), 0);
    if (size <= 0) break;
    bytes.append(buffer.data(), static_cast<std::size_t>(size));
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string::npos) continue;
    auto request = parse_request(std::string_view(bytes).substr(0, end + 2));
    const auto length = request.headers.find("content-length");
    const auto whole = length == request.headers.end() ? 0 : std::stoul(length->second);
    request.body = bytes.substr(end + 4);  // our clients do not pipeline
    if (request.body.size() >= whole) return request;
  }
  return std::nullopt;
}

// The names under which a request may be spoken of, the most exact one first.
std::array<std::string, 3> names_of(const Request& request) {
  const std::string file = replay_file_name(request);
  return {file.substr(0, file.rfind('.')), std::string(request.endpoint()), "*"};
}

}  // namespace

struct StandIn::Connection {
  Connection(int its_number, UniqueFd its_fd) : number(its_number), fd(std::move(its_fd)) {}

  int number;
  UniqueFd fd;
  std::atomic<bool> done{false};
  std::jthread thread{};
};

StandIn::StandIn(std::filesystem::path directory, std::uint16_t port)
    : directory_(std::move(directory)),
      listener_(listen_on(port)),
      stopped_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")),
      released_(checked(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")),
      port_(port_of(listener_.get())),
      acceptor_([this] { accept_connections(); }) {}

StandIn::~StandIn() { ::eventfd_write(stopped_.get(), 1); }

std::string StandIn::address() const { return format("127.0.0.1:{}", port_); }

void StandIn::set_body(const std::string& endpoint, std::string body) {
  const std::lock_guard lock(mutex_);
  bodies_[endpoint] = std::move(body);
}

void StandIn::set_fault(const std::string& endpoint, Fault fault) {
  eventfd_t count = 0;
  ::eventfd_read(released_.get(), &count);
  const std::lock_guard lock(mutex_);
  faults_[endpoint] = std::move(fault);
}

void StandIn::set_fault(const std::string& endpoint, std::string_view named) {
  set_fault(endpoint, named_fault(named));
}

void StandIn::clear_faults() {
  const std::lock_guard lock(mutex_);
  faults_.clear();
}

void StandIn::release() { ::eventfd_write(released_.get(), 1); }

std::vector<StandInRequest> StandIn::requests(std::string_view endpoint) const {
  const std::lock_guard lock(mutex_);
  std::vector<StandInRequest> found;
  for (const auto& request : requests_) {
    for (const auto& name : names_of(request.request)) {
      if (name != endpoint) continue;
      found.push_back(request);
      break;
    }
  }
  return found;
}

bool StandIn::wait_for_requests(std::size_t count, std::chrono::milliseconds ceiling) const {
  std::unique_lock lock(mutex_);
  return arrived_.wait_for(lock, ceiling, [&] { return requests_.size() >= count; });
}

void StandIn::accept_connections() {
  for (int number = 1; readable(listener_.get(), stopped_.get()); ++number) {
    connections_.remove_if([](const Connection& connection) { return connection.done.load(); });
    UniqueFd fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!fd) continue;
    const int on = 1;
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    auto& connection = connections_.emplace_back(number, std::move(fd));
    connection.thread = std::jthread([this, &connection] { serve(connection); });
  }
  connections_.clear();
}

void StandIn::serve(Connection& connection) {
  bool open = true;
  while (open) {
    auto read = read_request(connection.fd.get(), stopped_.get());
    if (!read) break;
    StandInRequest request = *std::move(read);
    request.arrived = RealClock().steady();
    request.connection = connection.number;
    StandInExchange exchange(connection.fd.get(), stopped_.get(), released_.get(), request,
                             request.served ? body_of(request.request) : std::nullopt);
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(std::move(request));
    }
    arrived_.notify_all();
    answer(exchange);
    open = exchange.reusable();
  }
  connection.fd.reset();
  connection.done = true;
}

void StandIn::answer(StandInExchange& exchange) {
  const auto fault = fault_for(exchange.request().request);
  if (!fault) return exchange.answer_well();
  try {
    fault->act(exchange);
  } catch (const std::exception& error) {  // a fault that does not fit this endpoint
    exchange.answer(500, format("the stand-in failed: {}", error.what()),
                    {{"Content-Type", "text/plain"}});
  }
}

std::optional<std::string> StandIn::body_of(const Request& request) const {
  {
    const std::lock_guard lock(mutex_);
    for (const auto& name : names_of(request)) {
      if (const auto found = bodies_.find(name); found != bodies_.end()) return found->second;
    }
  }
  const auto file = directory_ / replay_file_name(request);
  if (directory_.empty() || !std::filesystem::exists(file)) {
    return source_ ? source_(request) : std::nullopt;
  }
  return file_text(file);
}

std::optional<Fault> StandIn::fault_for(const Request& request) {
  const std::lock_guard lock(mutex_);
  for (const auto& name : names_of(request)) {
    const auto found = faults_.find(name);
    if (found == faults_.end() || found->second.times == 0) continue;
    if (found->second.times != Fault::kAlways) --found->second.times;
    return found->second;
  }
  return std::nullopt;
}

}  // namespace nbasync::testing
