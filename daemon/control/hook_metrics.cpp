#include "control/hook_metrics.hpp"

#include <algorithm>

#include "control/metric_parts.hpp"

namespace nbasync {
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
  forget_gone(hooks);
  for (const auto& hook : hooks) {
    const prometheus::Labels name{{"hook", hook.name}};
    auto& shown = shown_[hook.name];
    shown.successes = &tries_.Add({{"hook", hook.name}, {"result", "success"}});
    shown.failures = &tries_.Add({{"hook", hook.name}, {"result", "failure"}});
    shown.pending = &pending_.Add(name);
    bring_to(*shown.successes, hook.successes);
    bring_to(*shown.failures, hook.failures);
    shown.pending->Set(static_cast<double>(hook.pending));
    if (!hook.last_success) continue;
    shown.last_success = &last_success_.Add(name);
    shown.last_success->Set(seconds_of(*hook.last_success));
  }
}

void HookMetrics::forget_gone(const std::vector<protocol::HookState>& hooks) {
  std::erase_if(shown_, [&](const auto& each) {
    const auto& [name, shown] = each;
    if (std::ranges::find(hooks, name, &protocol::HookState::name) != hooks.end()) return false;
    tries_.Remove(shown.successes);
    tries_.Remove(shown.failures);
    pending_.Remove(shown.pending);
    if (shown.last_success != nullptr) last_success_.Remove(shown.last_success);
    return true;
  });
}

}  // namespace nbasync
