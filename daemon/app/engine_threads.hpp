#pragma once

#include <cstddef>
#include <functional>
#include <utility>

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
        readers_(loop, "nbasync-read", readers),
        line_(loop, "nbasync-line", 1) {}

  Threads threads() { return {worker_, log_writer_, readers_, line_}; }

  // Ends the work, at its own end: the last member of who has an engine. After a stop nothing is
  // under way any more. When an exception ended the loop or the start, work is: it must not outlive
  // what it works on. `abandon` asks it to end.
  class End {
   public:
    End(EngineThreads& threads, std::function<void()> abandon)
        : threads_(threads), abandon_(std::move(abandon)) {}
    ~End() {
      abandon_();
      threads_.worker_.join();
      threads_.log_writer_.join();
      threads_.readers_.join();
      threads_.line_.join();
    }
    End(const End&) = delete;
    End& operator=(const End&) = delete;

   private:
    EngineThreads& threads_;
    std::function<void()> abandon_;
  };

 private:
  ThreadPool worker_;
  ThreadPool log_writer_;
  ThreadPool readers_;
  ThreadPool line_;
};

}  // namespace nbasync
