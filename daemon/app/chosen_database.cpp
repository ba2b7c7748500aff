#include "app/chosen_database.hpp"

#include <utility>

#include "db/file_database.hpp"
#include "db/lock_file.hpp"

namespace nbasync {

ChosenDatabase::ChosenDatabase(const DatabaseConfig& config) {
  auto lock = std::make_unique<LockFile>(config.path);
  open_ = [config, lock = lock.get()] {
    return std::make_unique<FileDatabase>(config.path, config, lock);
  };
  lock_ = std::move(lock);
}

Database& ChosenDatabase::open() {
  database_ = open_();
  return *database_;
}

}  // namespace nbasync
