#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "control/cluster_metrics.hpp"
#include "control/hook_metrics.hpp"
#include "model/check_answer.hpp"
#include "model/decision.hpp"
#include "sync/sync_front.hpp"

namespace nbasync {

// The figures of the daemon for Prometheus. What happens is counted as it happens; what is, is read
// from the service when asked. Loop thread.
class Metrics {
 public:
  // Both must outlive the metrics, which observe the service from now on.
  Metrics(SyncFront& service, const Clock& clock);
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void answered(int http_status);
  void decided(const Decision& decision);

  // The data was compared with itself: of these checks and seasons the figures are now these.
  void checked(const CheckAnswers& answers);

  // Where several daemons share the database; see ClusterMetrics.
  void watch_cluster(std::function<ClusterMetrics::Figures()> figures);

  // In Prometheus' text format.
  std::string text();

  // The page of a daemon that cannot serve: it says just whether its configuration has a mistake.
  static std::string text_of_unready(bool configured);

 private:
  template <typename Kind>
  using Family = prometheus::Family<Kind>;
  using Counter = prometheus::Counter;
  using Gauge = prometheus::Gauge;
  using Histogram = prometheus::Histogram;

  void observe(const SyncEvent& event);
  void count(const RunRecord& run);
  void read_status();

  SyncFront& service_;
  const Clock& clock_;
  prometheus::Registry registry_;
  Family<Counter>& runs_;
  Family<Histogram>& run_seconds_;
  Family<Histogram>& wait_seconds_;
  Family<Counter>& rows_;
  Family<Counter>& refusals_;
  Family<Counter>& decisions_;
  Family<Counter>& answers_;
  Family<Counter>& upstream_requests_;
  Family<Counter>& upstream_bytes_;
  Family<Gauge>& upstream_up_;
  std::map<std::string, Gauge*> hosts_up_;  // of upstream_up_
  Family<Gauge>& last_success_;
  Family<Gauge>& stale_;
  Family<Gauge>& findings_;
  std::map<std::string, std::map<std::string, std::int64_t>> found_;  // by check and season
  Family<Gauge>& checked_;
  Family<Gauge>& backfill_;
  std::optional<ClusterMetrics> cluster_;
  HookMetrics hooks_{registry_};
  Gauge& in_progress_;
  Gauge& queue_length_;
  Gauge& paused_;
  Gauge& config_ok_;
  Gauge& config_loaded_;
};

}  // namespace nbasync
