#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.hpp"

namespace nbasync::log {

// Writes lines to a descriptor on a thread of its own, so that whoever logs never waits for whoever
// reads: a pipe that nobody reads, a journal that stands still. What waits is bounded; what finds
// no room is dropped and counted, and when it flows again a line at that place says how much. Any
// thread.
class LineSink {
 public:
  // Of all that waits.
  static constexpr std::size_t kMostBytes = 1 << 20;

  // `lost` makes the line that tells of dropped ones; it may be called on any thread. The
  // descriptor is not closed.
  LineSink(int fd, std::function<std::string(std::uint64_t)> lost,
           std::size_t most_bytes = kMostBytes);

  // What is not written yet is lost: flush() first.
  ~LineSink();
  LineSink(const LineSink&) = delete;
  LineSink& operator=(const LineSink&) = delete;

  // A whole line, with its end. Never waits.
  void push(std::string line);

  // Waits until all is written, but not longer. Whether it is.
  bool flush(Duration patience);

 private:
  struct State;

  // Shared with the thread, which may be within a write for good: it is left behind then.
  std::shared_ptr<State> state_;
};

}  // namespace nbasync::log
