#include "control/metrics.hpp"

#include <prometheus/text_serializer.h>

#include <chrono>
#include <cstdint>
#include <utility>

#include "control/metric_parts.hpp"
#include "model/sync_wish.hpp"
#include "protocol/errors.hpp"
#include "protocol/names.hpp"

namespace nbasync {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;

using Buckets = prometheus::Histogram::BucketBoundaries;

const Buckets& run_buckets() {
  static const Buckets buckets{0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800};
  return buckets;
}

const Buckets& wait_buckets() {
  static const Buckets buckets{0.001, 0.01, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300};
  return buckets;
}

prometheus::Gauge& config_ok(prometheus::Registry& registry) {
  return one_gauge(registry, "nbasync_config_last_reload_successful",
                   "1 if the configuration was last loaded without an error.");
}

}  // namespace

Metrics::Metrics(SyncFront& service, const Clock& clock)
    : service_(service),
      clock_(clock),
      runs_(BuildCounter()
                .Name("nbasync_runs_total")
                .Help("Sync runs that have ended, by type and how they ended.")
                .Register(registry_)),
      run_seconds_(BuildHistogram()
                       .Name("nbasync_run_duration_seconds")
                       .Help("How long runs held the lock.")
                       .Register(registry_)),
      wait_seconds_(BuildHistogram()
                        .Name("nbasync_lock_wait_seconds")
                        .Help("How long runs waited for the lock, also those that never got it.")
                        .Register(registry_)),
      rows_(BuildCounter()
                .Name("nbasync_rows_total")
                .Help("Rows that syncs handled, by dataset and what became of them.")
                .Register(registry_)),
      refusals_(BuildCounter()
                    .Name("nbasync_lock_refusals_total")
                    .Help("Requests that did not get the lock, by reason.")
                    .Register(registry_)),
      decisions_(BuildCounter()
                     .Name("nbasync_decisions_total")
                     .Help("What was decided about syncs, by decision.")
                     .Register(registry_)),
      answers_(BuildCounter()
                   .Name("nbasync_http_requests_total")
                   .Help("Requests answered on the control socket, by status.")
                   .Register(registry_)),
      upstream_requests_(BuildCounter()
                             .Name("nbasync_upstream_requests_total")
                             .Help("Requests made to upstream, retries included, by host.")
                             .Register(registry_)),
      upstream_bytes_(BuildCounter()
                          .Name("nbasync_upstream_received_bytes_total")
                          .Help("Bytes received from upstream on the wire, by host.")
                          .Register(registry_)),
      upstream_up_(BuildGauge()
                       .Name("nbasync_upstream_up")
                       .Help("0 while the host of upstream is left alone, else 1.")
                       .Register(registry_)),
      last_success_(BuildGauge()
                        .Name("nbasync_last_success_timestamp_seconds")
                        .Help("When a dataset was last synced with success.")
                        .Register(registry_)),
      stale_(BuildGauge()
                 .Name("nbasync_dataset_stale")
                 .Help("1 if the last success of a dataset is older than sync.freshness allows.")
                 .Register(registry_)),
      findings_(BuildGauge()
                    .Name("nbasync_doctor_findings")
                    .Help("What does not fit together in the stored data, by check, as it was last "
                          "compared: after a full sync for its season, by doctor for all.")
                    .Register(registry_)),
      checked_(BuildGauge()
                   .Name("nbasync_doctor_last_check_timestamp_seconds")
                   .Help("When the stored data was last compared with itself.")
                   .Register(registry_)),
      backfill_(BuildGauge()
                    .Name("nbasync_backfill_seasons")
                    .Help("Seasons of the backfill that goes on, or of the last one, by state.")
                    .Register(registry_)),
      in_progress_(
          one_gauge(registry_, "nbasync_sync_in_progress", "1 while a sync holds the lock.")),
      queue_length_(one_gauge(registry_, "nbasync_queue_length", "Runs that wait for the lock.")),
      paused_(one_gauge(registry_, "nbasync_paused", "1 while schedules are paused.")),
      config_ok_(config_ok(registry_)),
      config_loaded_(one_gauge(registry_, "nbasync_config_last_reload_success_timestamp_seconds",
                               "When the configuration in force was loaded.")) {
  one_gauge(registry_, "nbasync_start_time_seconds", "When the daemon was started.")
      .Set(seconds_of(service.brief_status().started_at));
  BuildGauge()
      .Name("nbasync_build_info")
      .Help("Always 1; the label says which version runs.")
      .Register(registry_)
      .Add({{"version", protocol::kVersion}})
      .Set(1);
  service_.observe([this](const SyncEvent& event) { observe(event); });
}

void Metrics::watch_cluster(std::function<ClusterMetrics::Figures()> figures) {
  cluster_.emplace(registry_, std::move(figures));
}

void Metrics::observe(const SyncEvent& event) {
  using Kind = SyncEvent::Kind;
  if (event.kind == Kind::kFinished && event.run != nullptr) count(*event.run);
}

void Metrics::count(const RunRecord& run) {
  runs_.Add({{"sync_type", run.sync_type}, {"status", std::string(to_string(run.status))}})
      .Increment();
  const prometheus::Labels type{{"sync_type", run.sync_type}};
  if (run.requested_at && run.started_at) {
    const std::chrono::duration<double> waited = *run.started_at - *run.requested_at;
    wait_seconds_.Add(type, wait_buckets()).Observe(std::max(0.0, waited.count()));
  }
  if (run.thread_id != 0) run_seconds_.Add(type, run_buckets()).Observe(run.duration_seconds);
  if (run.dry_run) return;
  if (run.checks) checked(*run.checks);
  const auto count_rows = [this](const RunRecord& step) {
    const auto add = [&](const char* change, std::int64_t number) {
      rows_.Add({{"dataset", step.sync_type}, {"change", change}})
          .Increment(static_cast<double>(number));
    };
    add("inserted", step.inserted);
    add("updated", step.updated);
    add("unchanged", step.unchanged);
    add("deleted", step.deleted);
  };
  for (const auto& step : run.steps) count_rows(step);
  if (run.sync_type != kFullSync) count_rows(run);
}

void Metrics::answered(int http_status) {
  answers_.Add({{"code", std::to_string(http_status)}}).Increment();
}

void Metrics::checked(const CheckAnswers& answers) {
  for (const auto& answer : answers) {
    auto& seasons = found_[answer.check];
    seasons[answer.season] = answer.count;
    std::int64_t all = 0;
    for (const auto& [season, count] : seasons) all += count;
    findings_.Add({{"check", answer.check}}).Set(static_cast<double>(all));
  }
  checked_.Add({}).Set(seconds_of(clock_.wall()));
}

void Metrics::decided(const Decision& decision) {
  decisions_.Add({{"decision", std::string(to_string(decision.kind))}}).Increment();
}

void Metrics::read_status() {
  const auto status = service_.brief_status();
  in_progress_.Set(status.current_sync ? 1 : 0);
  queue_length_.Set(static_cast<double>(status.queue.size()));
  paused_.Set(status.paused ? 1 : 0);
  config_ok_.Set(status.configuration.error.empty() ? 1 : 0);
  config_loaded_.Set(seconds_of(status.configuration.loaded_at));
  if (cluster_) cluster_->read(status);
  hooks_.read(status.hooks);
  for (const auto& dataset : status.datasets) {
    const prometheus::Labels name{{"dataset", dataset.name}};
    if (dataset.last_success) last_success_.Add(name).Set(seconds_of(*dataset.last_success));
    if (dataset.stale_after_seconds) stale_.Add(name).Set(dataset.stale ? 1 : 0);
  }
  if (status.backfill) {
    std::map<std::string_view, int> seasons;
    for (const auto word : words_of<SeasonState>()) seasons[word] = 0;
    for (const auto& season : status.backfill->seasons) ++seasons[to_string(season.state)];
    for (const auto& [word, count] : seasons) {
      backfill_.Add({{"state", std::string(word)}}).Set(count);
    }
  }
  // A host that the configuration no longer names has no state, so it must not stay "down".
  std::erase_if(hosts_up_, [&](const auto& shown) {
    const bool gone = std::ranges::find(status.upstream, shown.first,
                                        &protocol::UpstreamState::host) == status.upstream.end();
    if (gone) upstream_up_.Remove(shown.second);
    return gone;
  });
  for (const auto& host : status.upstream) {
    const prometheus::Labels name{{"host", host.host}};
    auto& up = upstream_up_.Add(name);
    up.Set(host.state.starts_with("open") ? 0 : 1);
    hosts_up_[host.host] = &up;
    bring_to(upstream_requests_.Add(name), host.requests);
    bring_to(upstream_bytes_.Add(name), host.bytes_received);
  }
  for (const auto& [code, number] : service_.refusals()) {
    bring_to(refusals_.Add({{"reason", std::string(protocol::names_of(code).word)}}), number);
  }
}

std::string Metrics::text() {
  read_status();
  return prometheus::TextSerializer().Serialize(registry_.Collect());
}

std::string Metrics::text_of_unready(bool configured) {
  prometheus::Registry registry;
  config_ok(registry).Set(configured ? 1 : 0);
  return prometheus::TextSerializer().Serialize(registry.Collect());
}

}  // namespace nbasync
