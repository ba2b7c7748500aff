#pragma once

#include <functional>
#include <stop_token>
#include <thread>

#include "postgres/postgres_address.hpp"

namespace nbasync {

// Hears at once what else the next look would see: NOTIFY nbasync, over a session of its own, which
// it opens again when it was lost. It may miss some, and behind a pooler hears none: nothing relies
// on it.
class Bell {
 public:
  // `rung` is called on another thread, also when a session begins.
  Bell(PostgresAddress address, std::function<void()> rung);

 private:
  void listen(const PostgresAddress& address, const std::stop_token& stop);

  std::function<void()> rung_;
  bool deaf_ = false;  // of the thread; and it is logged
  std::jthread thread_;
};

}  // namespace nbasync
