#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/unique_fd.hpp"

namespace nbasync::testing {

// A program under test. Its two outputs are read through pipes; the destructor kills what still
// runs.
class Process {
 public:
  static constexpr std::chrono::seconds kCeiling{30};

  // Starts it, in our environment. Throws std::system_error.
  explicit Process(std::vector<std::string> arguments);
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process();

  pid_t pid() const { return pid_; }
  void signal(int number) const;

  // Reads until `text` has come on the outputs, so many times since the start. False if it ends, or
  // the ceiling comes, first.
  bool wait_for(const std::string& text, std::size_t times = 1,
                std::chrono::milliseconds ceiling = kCeiling);

  // Reads until it has ended: its exit status, or minus the signal that killed it. nullopt at the
  // ceiling.
  std::optional<int> wait(std::chrono::milliseconds ceiling = kCeiling);

  // What has been read so far.
  const std::string& out() const { return out_; }
  const std::string& err() const { return err_; }

 private:
  bool read_some(std::chrono::steady_clock::time_point deadline);

  pid_t pid_ = -1;
  UniqueFd out_fd_;
  UniqueFd err_fd_;
  std::string out_;
  std::string err_;
  std::optional<int> status_;
};

}  // namespace nbasync::testing
