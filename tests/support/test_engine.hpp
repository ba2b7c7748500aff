#pragma once

#include <stdexcept>
#include <string>

#include "support/temporary_directory.hpp"

#ifdef NBASYNC_TEST_POSTGRES
#include "postgres/postgres_database.hpp"
#include "support/postgres_server.hpp"
#else
#include "db/file_database.hpp"
#endif

// The engine that a test program asks. What uses this and nothing of SQLite's own is compiled
// twice: for files, and with NBASYNC_TEST_POSTGRES for a PostgreSQL.
namespace nbasync::testing {

// The first column of each row, with commas between.
inline std::string first_column(Connection& connection, const std::string& query) {
  std::string cells;
  const char* between = "";
  connection.each(query, {},
                  [&](Row row) {
                    cells += between + to_text(row[0]);
                    between = ",";
                  },
                  {});
  return cells;
}

#ifdef NBASYNC_TEST_POSTGRES

using TestDatabase = PostgresDatabase;

inline TestDatabase open_database(const std::string& url) {
  return {PostgresAddress(url), PostgresConnection::Options{}};
}

// Where a new, empty database is: a schema of its own.
class NewPlace {
 public:
  NewPlace() {
    auto* server = PostgresServer::shared();
    if (server == nullptr) throw std::runtime_error(PostgresServer::kNotInstalled);
    const auto schema = server->new_name();
    name_ = server->url(schema);
    open_database(name_).connect_writer()->run("CREATE SCHEMA " + schema, {}, {});
  }
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

#else

using TestDatabase = FileDatabase;

inline TestDatabase open_database(const std::string& path, const DatabaseOptions& options = {}) {
  return TestDatabase(path, options);
}

class NewPlace {
 public:
  const std::string& name() const { return name_; }
  const TemporaryDirectory& directory() const { return directory_; }

 private:
  TemporaryDirectory directory_;
  std::string name_ = directory_.path() / "nba_data.db";
};

#endif

}  // namespace nbasync::testing
