#pragma once

#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <vector>

#include "postgres/postgres_connection.hpp"
#include "support/postgres_server.hpp"
#include "support/rows.hpp"

namespace nbasync::testing {

// An empty schema of this test's own, and connections to it.
class PostgresFixture : public ::testing::Test {
 protected:
  using Table = std::vector<std::vector<std::string>>;

  void SetUp() override {
    server_ = PostgresServer::shared();
    if (server_ == nullptr) GTEST_SKIP() << PostgresServer::kNotInstalled;
    name_ = server_->new_name();
    connect().run("CREATE SCHEMA " + name_, {}, {});
  }

  PostgresConnection connect(PostgresConnection::Options options = {}) const {
    return {PostgresAddress(server_->url(name_)), options};
  }
  std::int64_t run(Connection& connection, const std::string& sql, std::vector<Value> values = {}) {
    return connection.run(sql, values, {});
  }
  // The answer, each cell as text.
  static Table ask(Connection& connection, const std::string& sql, std::vector<Value> values = {}) {
    Table table;
    connection.each(sql, values,
                    [&](Row row) {
                      auto& cells = table.emplace_back();
                      for (const Cell& cell : row.cells) cells.push_back(to_text(cell));
                    },
                    {});
    return table;
  }
  // Asks again, until the first cell of the answer is this; false after 20 s.
  bool comes(Connection& connection, const std::string& sql, const std::string& wanted) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < end) {
      if (ask(connection, sql).at(0).at(0) == wanted) return true;
    }
    return false;
  }

  PostgresServer* server_ = nullptr;
  std::string name_;
};

}  // namespace nbasync::testing
