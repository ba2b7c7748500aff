#pragma once

#include <string>

#include "store/store.hpp"
#include "support/test_engine.hpp"

namespace nbasync::testing {

struct OwnDatabase {
  TestDatabase database;
};

// A store and the database that it works on: see TestDatabase.
class OpenStore : private OwnDatabase, public Store {
 public:
  explicit OpenStore(const std::string& place, const DatabaseOptions& options = {})
      : OwnDatabase{TestDatabase(place, options)}, Store(database) {}
};

}  // namespace nbasync::testing
