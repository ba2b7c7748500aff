#pragma once

#include <cstddef>
#include <optional>

#include "app/engine.hpp"
#include "event/loop.hpp"
#include "event/thread_pool.hpp"

namespace nbasync {

// The threads of an engine, for real. Declared before the engine. Loop thread.
class EngineThreads {
 public:
  // `readers`: as many as there are connections that read. The loop must outlive it.
  EngineThreads(Loop& loop, std::size_t readers)
      : worker_(loop, "nbasync-sync", 1),
        log_writer_(loop, "nbasync-log", 1),
        readers_(loop, "nbasync-read", readers) {}

  Threads threads() { return {worker_, log_writer_, readers_}; }

  // Before the engine's end. After a stop nothing is under way any more. When an exception ended
  // the loop, work is: it must not outlive what it works on.
  void end(std::optional<Engine>& engine) {
    if (engine) engine->abandon();
    worker_.join();
    log_writer_.join();
    readers_.join();
  }

 private:
  ThreadPool worker_;
  ThreadPool log_writer_;
  ThreadPool readers_;
};

}  // namespace nbasync
