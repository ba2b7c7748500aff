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
  explicit ChosenDatabase(const DatabaseConfig& config);

  SyncLock& lock() { return *lock_; }

  // Once, when the lock is held. Lives as long as this. Blocking. Throws Error.
  Database& open();

  // For messages.
  const std::string& name() const { return database_->name(); }

 private:
  std::unique_ptr<SyncLock> lock_;
  std::function<std::unique_ptr<Database>()> open_;
  std::unique_ptr<Database> database_;
};

}  // namespace nbasync
