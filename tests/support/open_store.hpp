#pragma once

#include <string>

#include "db/database.hpp"
#include "store/store.hpp"

namespace nbasync::testing {

struct OwnDatabase {
  Database database;
};

// A store and the database that it works on.
class OpenStore : private OwnDatabase, public Store {
 public:
  explicit OpenStore(const std::string& path, DatabaseOptions options = {})
      : OwnDatabase{Database(path, options)}, Store(database) {}
};

}  // namespace nbasync::testing
