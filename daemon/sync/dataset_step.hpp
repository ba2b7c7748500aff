#pragma once

#include <string>
#include <vector>

#include "net/fetcher.hpp"
#include "store/store.hpp"
#include "sync/newest_copies.hpp"
#include "sync/service_options.hpp"
#include "sync/step.hpp"

namespace nbasync {

// Plans runs: a step a dataset, all of them for a full sync. Its steps fetch, decode and store.
// Worker thread.
class DatasetPlanner {
 public:
  // All must outlive it and its steps, and it its steps.
  DatasetPlanner(Store& store, Fetcher& fetcher, const ServiceOptions& options)
      : store_(store), fetcher_(&fetcher) {
    set_options(options);
  }

  // The service has checked that the type exists.
  RunPlan plan(const SyncJob& job);

  // Between runs: of what season the next ones are by themselves, which of its types they ask for,
  // and what full ones do.
  void set_options(const ServiceOptions& options) {
    season_ = options.season;
    types_ = options.season_types;
    full_ = options.full;
  }

  // Between runs: what the next ones ask. It must outlive them.
  void set_fetcher(Fetcher& fetcher) { fetcher_ = &fetcher; }

 private:
  Store& store_;
  Fetcher* fetcher_;
  NewestCopies copies_;
  std::string season_;  // or "auto"
  std::vector<SeasonType> types_;
  std::vector<std::string> full_;
};

}  // namespace nbasync
