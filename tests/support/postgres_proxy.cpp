#include "support/postgres_proxy.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "support/loopback.hpp"

namespace nbasync::testing {
namespace {

constexpr char kEnd = 'e';

// The server's word that it is ready for the next message, at the end of each answer.
bool is_ready(std::string_view answer) {
  constexpr std::string_view kReady("Z\0\0\0\5", 5);
  return answer.size() >= 6 && answer.substr(answer.size() - 6, 5) == kReady;
}

bool send_all(const UniqueFd& to, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(to.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

PostgresProxy::PostgresProxy(const std::filesystem::path& server)
    : server_(server / ".s.PGSQL.5432"),
      listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  std::array<int, 2> ends{};
  if (bind_to_loopback(listener_.get(), 0) != 0 || ::listen(listener_.get(), 64) != 0 ||
      ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
      ::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("no way to a PostgreSQL");
  }
  port_ = ntohs(address.sin_port);
  told_.reset(ends[0]);
  teller_.reset(ends[1]);
  thread_ = std::jthread([this] { serve(); });
}

PostgresProxy::~PostgresProxy() { tell(kEnd); }

std::string PostgresProxy::url(std::string of_server) const {
  const auto host = of_server.find("host=");
  of_server.erase(host, of_server.find('&', host) + 1 - host);
  return of_server.insert(of_server.find("@/") + 1, "127.0.0.1:" + std::to_string(port_));
}

void PostgresProxy::lose_answer_to(const std::string& text) {
  const std::lock_guard lock(mutex_);
  text_ = text;
  lost_ = false;
}

void PostgresProxy::tell(char word) const {
  if (::write(teller_.get(), &word, 1) != 1) throw std::runtime_error("pipe");
}

void PostgresProxy::serve() {
  for (;;) {
    std::vector<pollfd> all{{told_.get(), POLLIN, 0}};
    if (!holds_) {
      all.push_back({listener_.get(), POLLIN, 0});
      for (const auto& way : ways_) {
        all.push_back({way.client.get(), POLLIN, 0});
        all.push_back({way.server.get(), POLLIN, 0});
      }
    }
    ::poll(all.data(), all.size(), -1);
    if (all[0].revents != 0) {
      char word = kEnd;
      if (::read(told_.get(), &word, 1) != 1 || word == kEnd) return;
      holds_ = word == 'h';
      continue;
    }
    auto event = all.begin() + 2;
    for (auto way = ways_.begin(); way != ways_.end();) {
      const bool client_spoke = (event++)->revents != 0;
      const bool server_spoke = (event++)->revents != 0;
      const bool goes_on =
          (!client_spoke || pass_on(*way, true)) && (!server_spoke || pass_on(*way, false));
      way = goes_on ? std::next(way) : ways_.erase(way);
    }
    if (all[1].revents != 0) accept();
  }
}

void PostgresProxy::accept() {
  Way way{UniqueFd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC)),
          UniqueFd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)),
          {}};
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, server_.c_str(), sizeof address.sun_path - 1);
  if (::connect(way.server.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    ways_.push_back(std::move(way));
  }
}

// False when the way ends.
bool PostgresProxy::pass_on(Way& way, bool from_client) {
  std::array<char, 65'536> buffer;
  const auto& from = from_client ? way.client : way.server;
  const auto count = ::recv(from.get(), buffer.data(), buffer.size(), 0);
  if (count <= 0) return false;
  const std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
  if (!from_client) {
    if (!way.loses) return send_all(way.client, bytes);
    if (!is_ready(bytes)) return true;
    lost_ = true;
    return false;
  }
  {
    const std::lock_guard lock(mutex_);
    way.said = way.said.substr(way.said.size() - std::min(way.said.size(), text_.size())) +
               std::string(bytes);
    if (!text_.empty() && way.said.find(text_) != std::string::npos) {
      way.loses = true;
      text_.clear();
    }
  }
  return send_all(way.server, bytes);
}

}  // namespace nbasync::testing
