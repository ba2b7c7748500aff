// The lock's way from one run to the next: out of the queue, to the worker's thread, back to the
// loop. Beside it libuv's own thread pool, without a queue.

#include <benchmark/benchmark.h>
#include <uv.h>

#include <functional>

#include "base/async.hpp"
#include "event/loop.hpp"
#include "event/thread_pool.hpp"
#include "sync/sync_queue.hpp"

namespace nbasync::bench {
namespace {

// So many handovers, one after the other, a round: the loop turns in between as in the daemon.
constexpr int kHandovers = 1'000;

SyncJob job(int number) {
  SyncJob job;
  job.run_id = std::to_string(number);
  job.request.sync_type = "teams";
  job.request.season = std::to_string(number);  // none is identical to another
  job.request.if_busy = IfBusy::kQueue;
  return job;
}

void fill(SyncQueue& queue) {
  for (int i = 0; i < kHandovers; ++i) queue.join(job(i));
}

void queue_alone(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    SyncQueue queue(kHandovers);
    fill(queue);
    state.ResumeTiming();
    while (queue.acquire({}) != nullptr) benchmark::DoNotOptimize(queue.release());
  }
}

void queue_and_worker(benchmark::State& state) {
  Loop loop;
  ThreadPool worker(loop, "worker", 1);
  for (auto _ : state) {
    state.PauseTiming();
    SyncQueue queue(kHandovers);
    fill(queue);
    state.ResumeTiming();
    const std::function<void()> next = [&] {
      if (queue.acquire({}) == nullptr) return loop.stop();
      async(
          worker, [] {},
          [&](const auto&) {
            queue.release();
            next();
          });
    };
    loop.post(next);
    loop.run();
  }
}

void uv_work(benchmark::State& state) {
  struct Chain {
    uv_loop_t loop{};
    uv_work_t request{};
    int left = 0;
    void next() {
      if (left-- == 0) return;
      request.data = this;
      uv_queue_work(
          &loop, &request, [](uv_work_t*) {},
          [](uv_work_t* done, int) { static_cast<Chain*>(done->data)->next(); });
    }
  } chain;
  uv_loop_init(&chain.loop);
  for (auto _ : state) {
    chain.left = kHandovers;
    chain.next();
    uv_run(&chain.loop, UV_RUN_DEFAULT);
  }
  uv_loop_close(&chain.loop);
}

// The time of the clock: what is waited for counts.
BENCHMARK(queue_alone)->Name("handover/queue")->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK(queue_and_worker)->Name("handover/worker")->Unit(benchmark::kMicrosecond)->UseRealTime();
BENCHMARK(uv_work)->Name("handover/uv_queue_work")->Unit(benchmark::kMicrosecond)->UseRealTime();

}  // namespace
}  // namespace nbasync::bench
