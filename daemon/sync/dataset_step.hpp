#pragma once

#include "net/fetcher.hpp"
#include "store/store.hpp"
#include "sync/step.hpp"

namespace nbasync {

// Plans runs: a step a dataset, all of them for a full sync. Its steps fetch, decode and store.
// Worker thread.
class DatasetPlanner {
 public:
  // All must outlive it and its steps.
  DatasetPlanner(Store& store, Fetcher& fetcher) : store_(store), fetcher_(&fetcher) {}

  // The service has checked that the type exists.
  RunPlan plan(const SyncJob& job);

  // Between runs: what the next ones ask. It must outlive them.
  void set_fetcher(Fetcher& fetcher) { fetcher_ = &fetcher; }

 private:
  Store& store_;
  Fetcher* fetcher_;
};

}  // namespace nbasync
