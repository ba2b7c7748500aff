#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "store/store.hpp"
#include "support/temporary_directory.hpp"

#ifdef NBASYNC_TEST_POSTGRES
#include "postgres/postgres_connection.hpp"
#include "store/postgres_schema.hpp"
#include "support/postgres_server.hpp"
#endif

namespace nbasync::testing {

// A new database with all tables, and a connection to it. What uses nothing else is compiled twice:
// unit_store asks SQLite, postgres_store a PostgreSQL.
class EngineFixture : public ::testing::Test {
 protected:
#ifdef NBASYNC_TEST_POSTGRES
  void SetUp() override {
    auto* server = PostgresServer::shared();
    if (server == nullptr) GTEST_SKIP() << PostgresServer::kNotInstalled;
    const auto schema = server->new_name();
    connection_ = std::make_unique<PostgresConnection>(PostgresAddress(server->url(schema)));
    tell("CREATE SCHEMA " + schema);
    bring_postgres_up_to_date(*connection_);
  }
#else
  void SetUp() override { connection_ = database_.connect_writer(); }
#endif

  // Runs one statement.
  void tell(const std::string& sql) { connection_->run(sql, {}, {}); }

  // The first cell of the answer.
  std::string ask(const std::string& sql) {
    std::string cell;
    connection_->each(sql, {}, [&](Row row) { cell = to_text(row[0]); }, {});
    return cell;
  }

 private:
#ifndef NBASYNC_TEST_POSTGRES
  TemporaryDirectory directory_;
  Database database_{directory_.path() / "nba_data.db"};
  Store store_{database_};  // makes the tables
#endif

 protected:
  std::unique_ptr<Connection> connection_;
};

}  // namespace nbasync::testing
