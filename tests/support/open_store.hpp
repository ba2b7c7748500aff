#pragma once

#include <string>

#include "store/store.hpp"
#include "support/test_engine.hpp"

namespace nbasync::testing {

struct OwnDatabase {
  TestDatabase database;
};

// A store and the database that it works on; see open_database().
class OpenStore : private OwnDatabase, public Store {
 public:
  explicit OpenStore(const std::string& place)
      : OwnDatabase{open_database(place)}, Store(database) {}
#ifndef NBASYNC_TEST_POSTGRES
  OpenStore(const std::string& path, const DatabaseOptions& options)
      : OwnDatabase{open_database(path, options)}, Store(database) {}
#endif
};

}  // namespace nbasync::testing
