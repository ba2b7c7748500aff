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
  struct Shown {
    prometheus::Counter* successes = nullptr;
    prometheus::Counter* failures = nullptr;
    prometheus::Gauge* pending = nullptr;
    prometheus::Gauge* last_success = nullptr;  // null: there was none
  };

  // A hook that the configuration no longer names must not stay as it was last; another of its name
  // counts from 0.
  void forget_gone(const std::vector<protocol::HookState>& hooks);

  prometheus::Family<prometheus::Counter>& tries_;
  prometheus::Family<prometheus::Gauge>& pending_;
  prometheus::Family<prometheus::Gauge>& last_success_;
  std::map<std::string, Shown> shown_;  // by hook
};

}  // namespace nbasync
