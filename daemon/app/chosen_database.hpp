#pragma once

#include <functional>
#include <memory>
#include <string>

#include "config/config.hpp"
#include "db/database.hpp"
#include "db/sync_lock.hpp"
#include "protocol/status.hpp"

namespace nbasync {

class Lease;

// The database that the configuration chooses, and the lock of that kind of database.
class ChosenDatabase {
 public:
  // Does not open it. Throws Error.
  explicit ChosenDatabase(const Config& config);

  SyncLock& lock() { return *lock_; }

  // The lock of a database that several daemons may share; null if it is not one.
  Lease* lease() { return lease_; }

  // This daemon among those.
  const protocol::InstanceState& self() const { return self_; }

  // That daemon ends: another may have its lock and its name at once. Blocking, for a second at
  // most.
  void leave() noexcept;

  // Once; a file, when the lock is held. Lives as long as this. Blocking. Throws Error.
  Database& open();
  Database& database() { return *database_; }  // that has been opened

  // For messages.
  const std::string& name() const { return name_; }

 private:
  void choose_file(const DatabaseConfig& config);
  void choose_postgres(const Config& config);

  std::string name_;
  protocol::InstanceState self_;
  std::unique_ptr<SyncLock> lock_;
  Lease* lease_ = nullptr;
  std::function<void()> give_name_back_ = [] {};
  std::function<std::unique_ptr<Database>()> open_;
  std::unique_ptr<Database> database_;  // goes before the lock that its connections know
};

}  // namespace nbasync
