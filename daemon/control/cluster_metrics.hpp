#pragma once

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

#include "protocol/status.hpp"

namespace nbasync {

// The figures of one of several daemons that share a database. Loop thread.
class ClusterMetrics {
 public:
  struct Figures {
    std::int64_t epoch = 0;                              // of the lock, as it was seen last
    std::optional<std::chrono::milliseconds> lease_age;  // since it was confirmed; of the holder
    std::uint64_t takeovers = 0;                         // of this daemon
    std::uint64_t fenced = 0;                            // likewise
  };

  // `figures` is asked by each read(). The registry must outlive it.
  ClusterMetrics(prometheus::Registry& registry, std::function<Figures()> figures);

  void read(const protocol::Status& status);

 private:
  std::function<Figures()> figures_;
  prometheus::Gauge& holder_;
  prometheus::Gauge& instances_;
  prometheus::Gauge& epoch_;
  prometheus::Family<prometheus::Gauge>& lease_age_;
  prometheus::Gauge* lease_age_of_holder_ = nullptr;  // of lease_age_; null: another has the lock
  prometheus::Counter& takeovers_;
  prometheus::Counter& fenced_;
};

}  // namespace nbasync
