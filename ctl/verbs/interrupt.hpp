#pragma once

#include <csignal>

#include "base/unique_fd.hpp"

namespace nbasync::ctl {

// While it lives, SIGINT and SIGTERM do not end the program but make a descriptor readable.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  int fd() const { return fd_.get(); }

  // The signal that came; SIGINT if none did.
  int signal() const;

 private:
  sigset_t before_{};
  UniqueFd fd_;
};

}  // namespace nbasync::ctl
