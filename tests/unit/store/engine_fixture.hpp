#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <string>

#include "store/store.hpp"
#include "support/test_engine.hpp"

namespace nbasync::testing {

// A new database with all tables, and a connection to it.
class EngineFixture : public ::testing::Test {
 protected:
  // Runs one statement.
  void tell(const std::string& sql) { connection_->run(sql, {}, {}); }

  std::string ask(const std::string& sql) { return first_column(*connection_, sql); }

 private:
  NewPlace place_;
  TestDatabase database_{place_.name()};
  Store store_{database_};  // makes the tables

 protected:
  std::unique_ptr<Connection> connection_ = database_.connect_writer();
};

}  // namespace nbasync::testing
