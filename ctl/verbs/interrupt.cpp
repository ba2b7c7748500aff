#include "ctl/verbs/interrupt.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

namespace nbasync::ctl {

Interrupt::Interrupt() {
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGINT);
  sigaddset(&mask, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &mask, &before_);
  fd_.reset(signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK));
}

Interrupt::~Interrupt() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

int Interrupt::signal() const {
  signalfd_siginfo info{};
  const bool came = read(fd_.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info);
  return came ? static_cast<int>(info.ssi_signo) : SIGINT;
}

}  // namespace nbasync::ctl
