#include "log/line_sink.hpp"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>

#include "base/blocked_signals.hpp"
#include "base/unique_fd.hpp"

namespace nbasync::log {
namespace {

// A pipe that is ready takes so much without waiting (PIPE_BUF), and does not mix it with what
// others write.
constexpr std::size_t kAtOnce = 4096;

}  // namespace

struct LineSink::State {
  State(int to, std::function<std::string(std::uint64_t)> tell, std::size_t limit)
      : fd(to), lost(std::move(tell)), most(limit) {}

  void serve();
  std::string take();
  void tell_losses();
  bool wait_for_room() const;
  void write(std::string_view text) const;

  const int fd;
  const std::function<std::string(std::uint64_t)> lost;
  const std::size_t most;
  const UniqueFd ended{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};

  std::mutex mutex;  // guards the rest
  std::condition_variable changed;
  std::deque<std::string> lines;
  std::size_t bytes = 0;  // of these
  std::uint64_t dropped = 0;
  bool writing = false;
  bool started = false;
  bool over = false;
};

LineSink::LineSink(int fd, std::function<std::string(std::uint64_t)> lost, std::size_t most_bytes)
    : state_(std::make_shared<State>(fd, std::move(lost), most_bytes)) {}

LineSink::~LineSink() {
  const std::lock_guard lock(state_->mutex);
  state_->over = true;
  state_->changed.notify_all();
  ::eventfd_write(state_->ended.get(), 1);
}

void LineSink::push(std::string line) {
  auto& state = *state_;
  const std::lock_guard lock(state.mutex);
  if (!std::exchange(state.started, true)) {
    const BlockedSignals blocked;
    std::thread thread([shared = state_] { shared->serve(); });
    ::pthread_setname_np(thread.native_handle(), "nbasync-stderr");
    thread.detach();
  }
  // Once it has begun to drop, not before half is free: else each line would be told of alone.
  const auto limit = state.dropped == 0 ? state.most : state.most / 2;
  if (state.bytes + line.size() > limit) {
    ++state.dropped;
    return;
  }
  state.tell_losses();
  state.bytes += line.size();
  state.lines.push_back(std::move(line));
  state.changed.notify_all();
}

bool LineSink::flush(Duration patience) {
  std::unique_lock lock(state_->mutex);
  return state_->changed.wait_for(lock, patience,
                                  [this] { return state_->lines.empty() && !state_->writing; });
}

void LineSink::State::tell_losses() {
  if (dropped == 0) return;
  auto line = lost(std::exchange(dropped, 0));
  bytes += line.size();
  lines.push_back(std::move(line));
}

// As many whole lines as go at once; of a longer one, all.
std::string LineSink::State::take() {
  std::string text;
  while (!lines.empty() && (text.empty() || text.size() + lines.front().size() <= kAtOnce)) {
    bytes -= lines.front().size();
    text += lines.front();
    lines.pop_front();
  }
  if (lines.empty()) tell_losses();
  return text;
}

void LineSink::State::serve() {
  std::unique_lock lock(mutex);
  for (;;) {
    writing = false;
    changed.notify_all();
    changed.wait(lock, [this] { return over || !lines.empty(); });
    if (over) return;
    const auto text = take();
    writing = true;
    lock.unlock();
    write(text);
    lock.lock();
  }
}

// Without it a write could take for ever; false at the end of the sink.
bool LineSink::State::wait_for_room() const {
  std::array<pollfd, 2> waits{{{fd, POLLOUT, 0}, {ended.get(), POLLIN, 0}}};
  while (::poll(waits.data(), waits.size(), -1) < 0 && errno == EINTR) {
  }
  return waits[1].revents == 0;
}

// What nobody can read any more is thrown away: there is nobody to tell.
void LineSink::State::write(std::string_view text) const {
  while (!text.empty() && wait_for_room()) {
    const auto size = ::write(fd, text.data(), std::min(text.size(), kAtOnce));
    if (size < 0 && errno != EINTR && errno != EAGAIN) return;
    if (size > 0) text.remove_prefix(static_cast<std::size_t>(size));
  }
}

}  // namespace nbasync::log
