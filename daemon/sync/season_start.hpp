#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "db/read_pool.hpp"
#include "sync/sync_service.hpp"

namespace nbasync {

// When the season in force begins, by the stored schedule: until then what is made of its games is
// not stale, however long ago it was synced, and says so in the status. Loop thread.
class SeasonStart {
 public:
  // Both must outlive it; it observes the service from now on.
  SeasonStart(ReadPool& readers, const Clock& clock, SyncService& service);

  // Looks at the database: at first, and when the configuration has changed; after syncs that move
  // games it does so by itself.
  void read();

 private:
  using Start = std::optional<SystemTime>;

  void describe(protocol::Status& status) const;

  ReadPool& readers_;
  const Clock& clock_;
  SyncService& service_;
  std::string season_;  // of which it was read
  Start start_;         // nullopt: no game of it is known
};

}  // namespace nbasync
