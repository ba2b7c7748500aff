#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <map>
#include <string>
#include <vector>

#include "protocol/hook.hpp"

namespace nbasync {

// The figures of the hooks of the configuration. Loop thread.
class HookMetrics {
 public:
  // The registry must outlive it.
  explicit HookMetrics(prometheus::Registry& registry);

  void read(const std::vector<protocol::HookState>& hooks);

 private:
  prometheus::Family<prometheus::Counter>& tries_;
  prometheus::Family<prometheus::Gauge>& pending_;
  prometheus::Family<prometheus::Gauge>& last_success_;
  std::map<std::string, prometheus::Gauge*> shown_;          // of pending_, by hook
  std::map<std::string, prometheus::Gauge*> shown_success_;  // of last_success_
};

}  // namespace nbasync
