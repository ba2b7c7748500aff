#pragma once

#include <uv.h>

#include <functional>
#include <memory>
#include <vector>

#include "event/handle.hpp"
#include "event/loop.hpp"

namespace nbasync {

// Delivers Unix signals on the loop thread.
class Signals {
 public:
  explicit Signals(Loop& loop);
  ~Signals();

  // Calls `handler` on the loop thread for each arrival of the signal, from now on.
  void on(int signal, std::function<void()> handler);

 private:
  struct Entry;

  Loop& loop_;
  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace nbasync
