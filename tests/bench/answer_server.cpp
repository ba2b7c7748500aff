// The least that can answer HTTP: answer_server SOCKET BODY. One thread, one answer made
// beforehand, sent for each request without a look at it. What a program takes beyond this is its
// own.

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace {

int must(int result, const char* what) {
  if (result < 0) throw std::runtime_error(what);
  return result;
}

void watch(int epoll, int fd) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  must(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

void serve(const std::string& path, const std::string& answer) {
  const int listener = must(::socket(AF_UNIX, SOCK_STREAM, 0), "socket");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  must(::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
  must(::listen(listener, 1'024), "listen");
  const int epoll = must(epoll_create1(0), "epoll_create1");
  watch(epoll, listener);
  for (;;) {
    epoll_event events[64];
    const int count = epoll_wait(epoll, events, 64, -1);
    for (int i = 0; i < count; ++i) {
      const int fd = events[i].data.fd;
      if (fd == listener) {
        watch(epoll, must(::accept(listener, nullptr, nullptr), "accept"));
        continue;
      }
      char request[4'096];
      const auto size = ::recv(fd, request, sizeof request, 0);
      if (size <= 0 || ::send(fd, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) ::close(fd);
    }
  }
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) throw std::invalid_argument("usage: answer_server SOCKET BODY");
  std::ifstream file(argv[2]);
  const std::string body{std::istreambuf_iterator<char>(file), {}};
  serve(argv[1],
        "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
} catch (const std::exception& error) {
  std::fprintf(stderr, "answer_server: %s\n", error.what());
  return EXIT_FAILURE;
}
