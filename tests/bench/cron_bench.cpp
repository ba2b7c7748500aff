// The next time of a schedule, from one to the next.

#include <benchmark/benchmark.h>

#include "schedule/schedule.hpp"

namespace nbasync::bench {
namespace {

void cron_next(benchmark::State& state, const char* cron, const char* zone) {
  const Schedule schedule{Cron(cron), Zone(zone)};
  const SystemTime start = *parse_utc("2026-01-01T00:00:00Z");
  auto time = start;
  std::size_t steps = 0;
  for (auto _ : state) {
    time = ++steps % 1'000 == 0 ? start : *schedule.next_after(time);
    benchmark::DoNotOptimize(time);
  }
}

BENCHMARK_CAPTURE(cron_next, nightly, "0 6 * * *", "America/New_York");
BENCHMARK_CAPTURE(cron_next, rare, "30 2 29 2 *", "Europe/Berlin");

}  // namespace
}  // namespace nbasync::bench
