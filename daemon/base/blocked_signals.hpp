#pragma once

#include <signal.h>

namespace nbasync {

// While it lives, no signal that is sent to the process is delivered on this thread, nor ever on
// the threads that are started meanwhile. All of our threads but the loop's are started so: what
// the loop thread blocks for a while waits, and meets no other thread.
class BlockedSignals {
 public:
  BlockedSignals() {
    sigset_t sent;
    sigfillset(&sent);
    for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS}) {
      sigdelset(&sent, fault);
    }
    ::pthread_sigmask(SIG_BLOCK, &sent, &before_);
  }
  ~BlockedSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  BlockedSignals(const BlockedSignals&) = delete;
  BlockedSignals& operator=(const BlockedSignals&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace nbasync
