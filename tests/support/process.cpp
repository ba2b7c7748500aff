#include "support/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>

extern char** environ;

namespace nbasync::testing {
namespace {

using std::chrono::steady_clock;

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      throw std::system_error(errno, std::generic_category(), "pipe");
    }
    read.reset(ends[0]);
    write.reset(ends[1]);
  }
  UniqueFd read;
  UniqueFd write;
};

int left(steady_clock::time_point deadline) {
  const auto rest =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now()).count();
  return rest < 0 ? 0 : static_cast<int>(rest);
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> list;
  for (auto& each : strings) list.push_back(each.data());
  list.push_back(nullptr);
  return list;
}

std::size_t count(const std::string& in, const std::string& text) {
  std::size_t times = 0;
  for (auto at = in.find(text); at != std::string::npos; at = in.find(text, at + 1)) ++times;
  return times;
}

}  // namespace

Process::Process(std::vector<std::string> arguments) {
  Pipe out;
  Pipe err;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out.write.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err.write.get(), STDERR_FILENO);
  const int error = ::posix_spawnp(&pid_, arguments.front().c_str(), &actions, nullptr,
                                   pointers(arguments).data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::system_error(error, std::generic_category(), arguments.front());
  out_fd_ = std::move(out.read);
  err_fd_ = std::move(err.read);
}

Process::~Process() {
  if (!status_) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
}

void Process::signal(int number) const { ::kill(pid_, number); }

bool Process::read_some(steady_clock::time_point deadline) {
  std::array<pollfd, 2> polled{{{out_fd_.get(), POLLIN, 0}, {err_fd_.get(), POLLIN, 0}}};
  if (!out_fd_ && !err_fd_) return false;
  if (::poll(polled.data(), polled.size(), left(deadline)) <= 0) return false;
  std::array<char, 4096> buffer;
  for (std::size_t i = 0; i < polled.size(); ++i) {
    if (polled[i].revents == 0) continue;
    auto& fd = i == 0 ? out_fd_ : err_fd_;
    const ssize_t size = ::read(fd.get(), buffer.data(), buffer.size());
    if (size <= 0) {
      fd.reset();
    } else {
      (i == 0 ? out_ : err_).append(buffer.data(), static_cast<std::size_t>(size));
    }
  }
  return true;
}

bool Process::wait_for(const std::string& text, std::size_t times,
                       std::chrono::milliseconds ceiling) {
  const auto deadline = steady_clock::now() + ceiling;
  const auto seen = [&] { return count(out_, text) + count(err_, text) >= times; };
  while (!seen()) {
    if (!read_some(deadline)) return seen();
  }
  return true;
}

std::optional<int> Process::wait(std::chrono::milliseconds ceiling) {
  if (status_) return status_;
  const auto deadline = steady_clock::now() + ceiling;
  while (read_some(deadline)) {
  }
  const UniqueFd end(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
  pollfd polled{end.get(), POLLIN, 0};
  if (::poll(&polled, 1, left(deadline)) != 1) return std::nullopt;
  int status = 0;
  ::waitpid(pid_, &status, 0);
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return status_;
}

}  // namespace nbasync::testing
