#include "app/chosen_database.hpp"

#include <utility>

#include "base/machine_name.hpp"
#include "cluster/instances.hpp"
#include "cluster/lease.hpp"
#include "config/postgres_of.hpp"
#include "db/file_database.hpp"
#include "db/lock_file.hpp"
#include "postgres/postgres_database.hpp"
#include "protocol/names.hpp"

namespace nbasync {
namespace {

constexpr Duration kGoodbye{300};  // of each answer

}  // namespace

ChosenDatabase::ChosenDatabase(const Config& config) {
  if (config.database.url) {
    choose_postgres(config);
  } else {
    choose_file(config.database);
  }
}

void ChosenDatabase::choose_file(const DatabaseConfig& config) {
  name_ = config.path.string();
  auto lock = std::make_unique<LockFile>(config.path);
  open_ = [config, lock = lock.get()] {
    return std::make_unique<FileDatabase>(config.path, config, lock);
  };
  lock_ = std::move(lock);
}

void ChosenDatabase::choose_postgres(const Config& config) {
  const auto address = postgres_address(config.database);
  name_ = address.name();
  self_.name = config.cluster.instance.empty() ? machine_name() : config.cluster.instance;
  self_.role = config.cluster.standby ? kStandby : kFollower;
  self_.version = protocol::kVersion;
  auto lease = std::make_unique<Lease>(
      address, Lease::Options{config.cluster.lease, self_.name, rings(config.database)});
  lease_ = lease.get();
  PostgresConnection::Options options;
  options.statement_timeout = config.database.statement_timeout;
  options.guard = [lease = lease.get()] { return lease->guard(); };
  options.fenced = [lease = lease.get()] { lease->note_fenced(); };
  open_ = [address, options] { return std::make_unique<PostgresDatabase>(address, options); };
  give_name_back_ = [address, name = self_.name] {
    PostgresConnection::Options hasty;
    hasty.connect_timeout = hasty.statement_timeout = kGoodbye;
    hasty.breaks_off = false;
    PostgresConnection connection(address, hasty);
    instances::give_back(connection, name, {});
  };
  lock_ = std::move(lease);
}

void ChosenDatabase::leave() noexcept {
  if (lease_ == nullptr) return;
  lease_->give_back();
  try {
    give_name_back_();
  } catch (...) {  // NOLINT(bugprone-empty-catch): it ends by itself
  }
}

Database& ChosenDatabase::open() {
  database_ = open_();
  return *database_;
}

}  // namespace nbasync
