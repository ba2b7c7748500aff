// The status as JSON text, with 20 runs that have ended: as the daemon makes it again and again,
// and anew; and with ten, as a client reads it.

#include <benchmark/benchmark.h>

#include <deque>

#include <nlohmann/json.hpp>

#include "control/json_reply.hpp"
#include "control/status_text.hpp"
#include "dataset/catalog.hpp"
#include "protocol/json.hpp"

namespace nbasync::bench {
namespace {

protocol::Status a_status(int runs = 20) {
  protocol::Status status;
  const auto now = *parse_utc("2026-04-12T12:00:00Z");
  for (int i = 0; i < runs; ++i) {
    RunRecord run;
    run.run_id = "00000000-0000-4000-8000-0000000000" + std::to_string(10 + i);
    run.sync_type = "full";
    run.season = "2025-26";
    run.status = RunStatus::kSuccess;
    run.triggered_by = "schedule:nightly";
    run.started_at = run.completed_at = now;
    for (const auto* dataset : catalog()) {
      auto& step = run.steps.emplace_back();
      step.sync_type = dataset->name;
      step.status = RunStatus::kSuccess;
      step.started_at = step.completed_at = now;
    }
    status.recent_syncs.push_back(run);
  }
  for (const auto* dataset : catalog()) {
    status.datasets.push_back({std::string(dataset->name), now, 12.5, 86'400, false});
  }
  status.upstream = {{"stats.nba.com", "ok", 17, 1'000'000}, {"cdn.nba.com", "ok", 3, 100'000}};
  status.version = "0.2.0";
  status.started_at = now;
  return status;
}

void status_kept(benchmark::State& state) {
  auto status = a_status();
  const std::deque<RunRecord> recent(status.recent_syncs.begin(), status.recent_syncs.end());
  status.recent_syncs.clear();
  StatusText text;
  for (auto _ : state) benchmark::DoNotOptimize(text.of(status, recent, 20));
}

void status_anew(benchmark::State& state) {
  const auto status = a_status();
  for (auto _ : state) benchmark::DoNotOptimize(json_text(protocol::to_json(status)));
  state.counters["bytes"] = static_cast<double>(json_text(protocol::to_json(status)).size());
}

void status_read(benchmark::State& state) {
  const auto text = json_text(protocol::to_json(a_status(10)));
  for (auto _ : state) benchmark::DoNotOptimize(nlohmann::json::parse(text));
  state.counters["bytes"] = static_cast<double>(text.size());
}

BENCHMARK(status_kept)->Name("status/kept")->Unit(benchmark::kMicrosecond);
BENCHMARK(status_anew)->Name("status/anew")->Unit(benchmark::kMicrosecond);
BENCHMARK(status_read)->Name("status/read")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace nbasync::bench
