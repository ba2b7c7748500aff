#pragma once

#include <uv.h>

#include <functional>
#include <memory>
#include <vector>

#include "event/handle.hpp"
#include "event/loop.hpp"

namespace nbasync {

// Delivers Unix signals on the loop thread. Loop thread.
class Signals {
 public:
  // From now on, this signal waits until somebody asks for it.
  static void hold(int signal);

  explicit Signals(Loop& loop);

  // What was asked for is held again: it neither ends the process nor is it lost.
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // Calls `handler` on the loop thread for each arrival of the signal, from now on.
  void on(int signal, std::function<void()> handler);

  // The same for all that ask a daemon to end: SIGTERM, SIGINT, SIGQUIT.
  void on_stop(const std::function<void()>& handler);

 private:
  struct Entry;

  Loop& loop_;
  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace nbasync
