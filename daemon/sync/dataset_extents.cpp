#include "sync/dataset_extents.hpp"

#include <utility>

#include "base/text.hpp"
#include "dataset/catalog.hpp"
#include "log/log.hpp"

namespace nbasync {

DatasetExtents::DatasetExtents(ReadPool& readers, SyncService& service)
    : readers_(readers), service_(service) {
  service_.observe([this](const SyncEvent& event) {
    if (event.kind != SyncEvent::Kind::kFinished || event.run->dry_run) return;
    if (event.run->records_synced + event.run->deleted > 0) read(event.sync_type);
  });
  service_.describe([this](protocol::Status& status) { describe(status); });
}

void DatasetExtents::read() { read(kFullSync); }

void DatasetExtents::read(const std::string& sync_type) {
  const auto season = service_.season();
  readers_.ask(
      [season, sync_type](Connection& connection, const std::stop_token& stop) {
        Extents extents;
        for (const auto* dataset : datasets_of(sync_type)) {
          extents[std::string(dataset->name)] = extent_of(connection, *dataset, season, stop);
        }
        return extents;
      },
      [this, season](Result<Extents> answer) {
        if (const auto* error = error_of(answer)) {
          log::warning("rows of the datasets not counted error={}", in_quotes(error->what()));
          return;
        }
        if (std::exchange(season_, season) != season) extents_.clear();
        for (auto& [name, extent] : std::get<Extents>(answer)) extents_[name] = std::move(extent);
      });
}

void DatasetExtents::describe(protocol::Status& status) const {
  if (season_ != service_.season()) return;
  for (auto& state : status.datasets) {
    const auto found = extents_.find(state.name);
    if (found == extents_.end()) continue;
    state.rows = found->second.rows;
    state.newest = found->second.newest;
  }
}

}  // namespace nbasync
