#pragma once

#include <functional>
#include <memory>
#include <string>

#include "config/config.hpp"
#include "db/database.hpp"
#include "db/sync_lock.hpp"

namespace nbasync {

// The database that the configuration chooses, and the lock of that kind of database.
class ChosenDatabase {
 public:
  // Does not open it. Throws Error.
  explicit ChosenDatabase(const Config& config);

  SyncLock& lock() { return *lock_; }

  // Once, when the lock is held. Lives as long as this. Blocking. Throws Error.
  Database& open();
  Database& database() { return *database_; }  // that has been opened

  // For messages.
  const std::string& name() const { return name_; }

 private:
  void choose_file(const DatabaseConfig& config);
  void choose_postgres(const Config& config);

  std::string name_;
  std::unique_ptr<SyncLock> lock_;
  std::function<std::unique_ptr<Database>()> open_;
  std::unique_ptr<Database> database_;  // goes before the lock that its connections know
};

// Whether a daemon could start over it now: takes the lock for a moment and brings the tables up to
// date. Blocking, for seconds. Throws Error: kSyncInProgress if another has the lock.
void try_database(const Config& config);

}  // namespace nbasync
