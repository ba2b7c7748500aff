// Clients of the control socket, for tests/bench: nbasync-load SOCKET CLIENTS SECONDS TARGET...
// Each client asks for the targets in turn, on a connection that it keeps. Prints a line a target:
// TARGET ANSWERS ERRORS P50 P99, the last two in microseconds.

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Figures {
  std::vector<double> micros;
  int errors = 0;
};

int connect_to(const std::string& path) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  if (fd < 0 || ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    std::perror(path.c_str());
    std::exit(1);
  }
  return fd;
}

// Reads one reply to the length that its head tells: true if it is a 200.
bool read_reply(int fd, std::string& buffer) {
  buffer.clear();
  std::size_t whole = std::string::npos;
  while (buffer.size() < whole) {
    char part[64 * 1024];
    const auto size = ::recv(fd, part, sizeof part, 0);
    if (size <= 0) return false;
    buffer.append(part, static_cast<std::size_t>(size));
    const auto head = buffer.find("\r\n\r\n");
    if (whole != std::string::npos || head == std::string::npos) continue;
    const auto length = buffer.find("Content-Length: ");
    if (length > head) return false;
    whole = head + 4 + std::strtoul(buffer.c_str() + length + 16, nullptr, 10);
  }
  return buffer.starts_with("HTTP/1.1 200 ");
}

void ask(const std::string& path, const std::vector<std::string>& requests, Clock::time_point end,
         std::vector<Figures>& figures) {
  int fd = connect_to(path);
  std::string buffer;
  for (std::size_t i = 0; Clock::now() < end; i = (i + 1) % requests.size()) {
    const auto start = Clock::now();
    const auto& request = requests[i];
    const bool good = ::send(fd, request.data(), request.size(), MSG_NOSIGNAL) ==
                          static_cast<ssize_t>(request.size()) &&
                      read_reply(fd, buffer);
    figures[i].micros.push_back(
        std::chrono::duration<double, std::micro>(Clock::now() - start).count());
    if (good) continue;
    ++figures[i].errors;
    std::fprintf(stderr, "%s", buffer.c_str());
    ::close(fd);
    fd = connect_to(path);
  }
  ::close(fd);
}

double at(const std::vector<double>& sorted, double part) {
  return sorted.empty() ? 0 : sorted[static_cast<std::size_t>(part * double(sorted.size() - 1))];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    std::fprintf(stderr, "usage: nbasync-load SOCKET CLIENTS SECONDS TARGET...\n");
    return 2;
  }
  const std::string path = argv[1];
  const auto end =
      Clock::now() + std::chrono::milliseconds(static_cast<long>(std::atof(argv[3]) * 1000));
  std::vector<std::string> requests;
  for (int i = 4; i < argc; ++i) {
    requests.push_back(std::string("GET ") + argv[i] + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  std::vector<std::vector<Figures>> all(std::strtoul(argv[2], nullptr, 10),
                                        std::vector<Figures>(requests.size()));
  {
    std::vector<std::jthread> clients;
    clients.reserve(all.size());
    for (auto& figures : all) {
      clients.emplace_back([&] { ask(path, requests, end, figures); });
    }
  }
  int errors = 0;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    Figures sum;
    for (const auto& each : all) {
      sum.errors += each[i].errors;
      sum.micros.insert(sum.micros.end(), each[i].micros.begin(), each[i].micros.end());
    }
    std::sort(sum.micros.begin(), sum.micros.end());
    std::printf("%s %zu %d %.0f %.0f\n", argv[4 + i], sum.micros.size(), sum.errors,
                at(sum.micros, 0.5), at(sum.micros, 0.99));
    errors += sum.errors;
  }
  return errors == 0 ? 0 : 1;
}
