#pragma once

#include <map>
#include <string>

#include "db/read_pool.hpp"
#include "store/dataset_extent.hpp"
#include "sync/sync_service.hpp"

namespace nbasync {

// What is stored of each dataset for the season in force, for the status: read at first, and after
// each run that may have changed it. Loop thread.
class DatasetExtents {
 public:
  // Both must outlive it; it observes the service from now on.
  DatasetExtents(ReadPool& readers, SyncService& service);

  // Reads all of them: at first, and when the configuration has changed.
  void read();

 private:
  using Extents = std::map<std::string, DatasetExtent>;

  void read(const std::string& sync_type);
  void describe(protocol::Status& status) const;

  ReadPool& readers_;
  SyncService& service_;
  std::string season_;  // of which they were read
  Extents extents_;
};

}  // namespace nbasync
