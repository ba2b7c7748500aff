#include "control/hook_metrics.hpp"

#include <algorithm>

#include "control/metric_parts.hpp"

namespace nbasync {
namespace {

using Gauges = std::map<std::string, prometheus::Gauge*>;

// A hook that the configuration no longer names must not stay as it was last.
void forget_gone(prometheus::Family<prometheus::Gauge>& family, Gauges& shown,
                 const std::vector<protocol::HookState>& hooks) {
  std::erase_if(shown, [&](const auto& each) {
    const bool gone =
        std::ranges::find(hooks, each.first, &protocol::HookState::name) == hooks.end();
    if (gone) family.Remove(each.second);
    return gone;
  });
}

}  // namespace

HookMetrics::HookMetrics(prometheus::Registry& registry)
    : tries_(prometheus::BuildCounter()
                 .Name("nbasync_hook_tries_total")
                 .Help("Tries to tell a hook what a run has changed, by hook and result.")
                 .Register(registry)),
      pending_(prometheus::BuildGauge()
                   .Name("nbasync_hook_pending_runs")
                   .Help("Runs that a hook has not been told of yet.")
                   .Register(registry)),
      last_success_(prometheus::BuildGauge()
                        .Name("nbasync_hook_last_success_timestamp_seconds")
                        .Help("When a hook was last told with success.")
                        .Register(registry)) {}

void HookMetrics::read(const std::vector<protocol::HookState>& hooks) {
  forget_gone(pending_, shown_, hooks);
  forget_gone(last_success_, shown_success_, hooks);
  for (const auto& hook : hooks) {
    const prometheus::Labels name{{"hook", hook.name}};
    bring_to(tries_.Add({{"hook", hook.name}, {"result", "success"}}), hook.successes);
    bring_to(tries_.Add({{"hook", hook.name}, {"result", "failure"}}), hook.failures);
    auto& pending = pending_.Add(name);
    pending.Set(static_cast<double>(hook.pending));
    shown_[hook.name] = &pending;
    if (!hook.last_success) continue;
    auto& last = last_success_.Add(name);
    last.Set(seconds_of(*hook.last_success));
    shown_success_[hook.name] = &last;
  }
}

}  // namespace nbasync
