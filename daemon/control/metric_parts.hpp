#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <chrono>
#include <cstdint>

#include "base/clock.hpp"

// What the figures for Prometheus are made with.
namespace nbasync {

// A counter that somebody else keeps: brought up to where that one stands.
inline void bring_to(prometheus::Counter& counter, std::uint64_t total) {
  const double missing = static_cast<double>(total) - counter.Value();
  if (missing > 0) counter.Increment(missing);
}

// As Prometheus tells a time: in seconds since 1970.
inline double seconds_of(SystemTime time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

// One without labels.
inline prometheus::Gauge& one_gauge(prometheus::Registry& registry, const char* name,
                                    const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}
inline prometheus::Counter& one_counter(prometheus::Registry& registry, const char* name,
                                        const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
}

}  // namespace nbasync
