// The wheel beside what else could hold the daemon's timers, on one workload: arm n timers at
// random ticks of an hour, cancel half of them, advance through the hour. Two drives: "jump"
// advances to the next due tick until there is none, as a tickless loop does; "tick" advances by
// each of the 3.6 million milliseconds. The figure is nanoseconds a timer, all three steps
// together.

#include <benchmark/benchmark.h>
#include <time.h>
#include <uv.h>

#include <cstdint>
#include <cstdlib>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <random>
#include <tuple>
#include <utility>
#include <vector>

#include "timer/timer_wheel.hpp"

// libuv's own steps: milliseconds from loop->time to the first timer, or -1; firing what is due at
// loop->time. Neither reads the clock or polls.
extern "C" int uv__next_timeout(const uv_loop_t* loop);
extern "C" void uv__run_timers(uv_loop_t* loop);

namespace nbasync {
namespace {

constexpr Tick kHour = 3'600'000;

// What the workload needs: the same callback, a counter, for everyone.
class Wheel {
 public:
  explicit Wheel(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) timers_.emplace_back([this] { ++fired; });
  }
  void arm(std::size_t id, Tick when) { wheel_.arm(timers_[id], when); }
  void cancel(std::size_t id) { timers_[id].cancel(); }
  std::optional<Tick> next() const { return wheel_.next(); }
  void advance(Tick to) { wheel_.advance(to); }

  std::size_t fired = 0;

 private:
  std::deque<Timer> timers_;
  TimerWheel wheel_;
};

class LibuvHeap {
 public:
  explicit LibuvHeap(std::size_t count) : timers_(count) {
    uv_loop_init(&loop_);
    loop_.time = 0;
    for (uv_timer_t& timer : timers_) {
      uv_timer_init(&loop_, &timer);
      timer.data = this;
    }
  }
  ~LibuvHeap() {
    for (auto& timer : timers_) uv_close(reinterpret_cast<uv_handle_t*>(&timer), nullptr);
    uv_run(&loop_, UV_RUN_DEFAULT);
    uv_loop_close(&loop_);
  }
  LibuvHeap(const LibuvHeap&) = delete;
  LibuvHeap& operator=(const LibuvHeap&) = delete;

  void arm(std::size_t id, Tick when) {
    const auto count = [](uv_timer_t* timer) { ++static_cast<LibuvHeap*>(timer->data)->fired; };
    uv_timer_start(&timers_[id], count, when - loop_.time, 0);
  }
  void cancel(std::size_t id) { uv_timer_stop(&timers_[id]); }
  std::optional<Tick> next() const {
    const int wait = uv__next_timeout(&loop_);
    return wait < 0 ? std::nullopt : std::optional(loop_.time + static_cast<Tick>(wait));
  }
  void advance(Tick to) {
    loop_.time = to;
    uv__run_timers(&loop_);
  }

  std::size_t fired = 0;

 private:
  uv_loop_t loop_{};
  std::vector<uv_timer_t> timers_;
};

class SortedMap {
 public:
  explicit SortedMap(std::size_t count) : places_(count, queue_.end()) {}

  void arm(std::size_t id, Tick when) {
    places_[id] = queue_.emplace(when, [this] { ++fired; });
  }
  void cancel(std::size_t id) { queue_.erase(places_[id]); }
  std::optional<Tick> next() const {
    return queue_.empty() ? std::nullopt : std::optional(queue_.begin()->first);
  }
  void advance(Tick to) {
    while (!queue_.empty() && queue_.begin()->first <= to) {
      const auto entry = queue_.extract(queue_.begin());
      entry.mapped()();
    }
  }

  std::size_t fired = 0;

 private:
  using Queue = std::multimap<Tick, std::function<void()>>;

  Queue queue_;
  std::vector<Queue::iterator> places_;
};

// A priority_queue cannot cancel: as usual, a cancelled entry stays until it comes to the top.
class PriorityQueue {
 public:
  explicit PriorityQueue(std::size_t count)
      : cancelled_(count, 0), callbacks_(count, [this] { ++fired; }) {}

  void arm(std::size_t id, Tick when) { queue_.emplace(when, sequence_++, id); }
  void cancel(std::size_t id) { cancelled_[id] = 1; }
  std::optional<Tick> next() {
    while (!queue_.empty() && cancelled_[std::get<2>(queue_.top())]) queue_.pop();
    return queue_.empty() ? std::nullopt : std::optional(std::get<0>(queue_.top()));
  }
  void advance(Tick to) {
    while (!queue_.empty() && std::get<0>(queue_.top()) <= to) {
      const auto id = std::get<2>(queue_.top());
      queue_.pop();
      if (!cancelled_[id]) callbacks_[id]();
    }
  }

  std::size_t fired = 0;

 private:
  using Entry = std::tuple<Tick, std::uint64_t, std::size_t>;

  std::vector<char> cancelled_;
  std::vector<std::function<void()>> callbacks_;
  std::uint64_t sequence_ = 0;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

template <typename Timers>
void hour_by_jumps(Timers& timers) {
  while (const auto due = timers.next()) timers.advance(*due);
}

template <typename Timers>
void hour_at_once(Timers& timers) {
  timers.advance(kHour);
}

template <typename Timers>
void hour_by_ticks(Timers& timers) {
  for (Tick tick = 1; tick <= kHour; ++tick) timers.advance(tick);
}

// Of this thread: the machine has other work.
double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

template <typename Timers, void (*drive)(Timers&)>
void hour(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::mt19937_64 random(count);
  std::vector<Tick> ticks(count);
  for (Tick& tick : ticks) tick = 1 + random() % kHour;

  for (auto _ : state) {
    Timers timers(count);
    const double start = cpu_seconds();
    for (std::size_t id = 0; id < count; ++id) timers.arm(id, ticks[id]);
    for (std::size_t id = 0; id < count; id += 2) timers.cancel(id);
    drive(timers);
    state.SetIterationTime(cpu_seconds() - start);
    if (timers.fired != count / 2) state.SkipWithError("timers lost or doubled");
  }
  state.counters["ns_a_timer"] = benchmark::Counter(
      static_cast<double>(count) / 1e9,
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

#define NBASYNC_HOUR(Timers, drive)      \
  BENCHMARK(hour<Timers, drive<Timers>>) \
      ->Name(#drive "/" #Timers)         \
      ->RangeMultiplier(10)              \
      ->Range(1'000, 1'000'000)          \
      ->UseManualTime()                  \
      ->Unit(benchmark::kMillisecond)

NBASYNC_HOUR(Wheel, hour_by_jumps);
NBASYNC_HOUR(LibuvHeap, hour_by_jumps);
NBASYNC_HOUR(SortedMap, hour_by_jumps);
NBASYNC_HOUR(PriorityQueue, hour_by_jumps);
NBASYNC_HOUR(Wheel, hour_at_once);
NBASYNC_HOUR(LibuvHeap, hour_at_once);
NBASYNC_HOUR(SortedMap, hour_at_once);
NBASYNC_HOUR(PriorityQueue, hour_at_once);
NBASYNC_HOUR(Wheel, hour_by_ticks);
NBASYNC_HOUR(LibuvHeap, hour_by_ticks);
NBASYNC_HOUR(SortedMap, hour_by_ticks);
NBASYNC_HOUR(PriorityQueue, hour_by_ticks);

}  // namespace
}  // namespace nbasync
