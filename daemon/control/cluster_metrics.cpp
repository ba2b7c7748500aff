#include "control/cluster_metrics.hpp"

#include <utility>

#include "control/metric_parts.hpp"

namespace nbasync {

ClusterMetrics::ClusterMetrics(prometheus::Registry& registry, std::function<Figures()> figures)
    : figures_(std::move(figures)),
      holder_(one_gauge(registry, "nbasync_cluster_holder",
                        "Of several daemons on one database: 1 if this one has the lock.")),
      instances_(one_gauge(registry, "nbasync_cluster_instances",
                           "Of several daemons on one database: those that were heard of lately.")),
      epoch_(one_gauge(registry, "nbasync_cluster_epoch",
                       "How often the lock of the database was taken, by whichever daemon.")),
      lease_age_(prometheus::BuildGauge()
                     .Name("nbasync_cluster_lease_age_seconds")
                     .Help("Of the holder: since it asked for what the server has confirmed last "
                           "of its lease. At nine tenths of cluster.lease it gives the lock up.")
                     .Register(registry)),
      takeovers_(one_counter(registry, "nbasync_cluster_takeovers_total",
                             "How often this daemon has taken the lock.")),
      fenced_(one_counter(registry, "nbasync_cluster_fenced_total",
                          "Writes of this daemon that were refused, since its lock was lost.")) {}

void ClusterMetrics::read(const protocol::Status& status) {
  const auto figures = figures_();
  holder_.Set(status.holder == status.instance ? 1 : 0);
  instances_.Set(static_cast<double>(status.instances.size()));
  epoch_.Set(static_cast<double>(figures.epoch));
  bring_to(takeovers_, figures.takeovers);
  bring_to(fenced_, figures.fenced);
  if (figures.lease_age) {
    lease_age_of_holder_ = &lease_age_.Add({});
    lease_age_of_holder_->Set(std::chrono::duration<double>(*figures.lease_age).count());
  } else if (lease_age_of_holder_ != nullptr) {
    lease_age_.Remove(std::exchange(lease_age_of_holder_, nullptr));
  }
}

}  // namespace nbasync
