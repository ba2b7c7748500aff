#include "app/chosen_database.hpp"

#include <utility>

#include "base/machine_name.hpp"
#include "cluster/lease.hpp"
#include "config/postgres_of.hpp"
#include "db/file_database.hpp"
#include "db/lock_file.hpp"
#include "postgres/postgres_database.hpp"

namespace nbasync {

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
  instance_ = config.cluster.instance.empty() ? machine_name() : config.cluster.instance;
  auto lease = std::make_unique<Lease>(
      address, Lease::Options{config.cluster.lease, instance_, rings(config.database)});
  lease_ = lease.get();
  PostgresConnection::Options options;
  options.statement_timeout = config.database.statement_timeout;
  options.guard = [lease = lease.get()] { return lease->guard(); };
  open_ = [address, options] { return std::make_unique<PostgresDatabase>(address, options); };
  lock_ = std::move(lease);
}

Database& ChosenDatabase::open() {
  database_ = open_();
  return *database_;
}

}  // namespace nbasync
