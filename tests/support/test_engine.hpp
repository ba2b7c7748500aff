#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "support/temporary_directory.hpp"

#ifdef NBASYNC_TEST_POSTGRES
#include "cluster/lease.hpp"
#include "postgres/postgres_database.hpp"
#include "support/postgres_server.hpp"
#else
#include <SQLiteCpp/SQLiteCpp.h>

#include "db/file_database.hpp"
#include "db/lock_file.hpp"
#include "db/look.hpp"
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

// For a look from outside, beside who owns the database.
inline std::unique_ptr<Connection> look_at(const std::string& url) {
  return std::make_unique<PostgresConnection>(PostgresAddress(url));
}

// Changes it from outside, by one statement or more.
inline void execute(const std::string& url, const std::string& sql) {
  const auto connection = look_at(url);
  connection->write([&] { connection->run(sql, {}, {}); }, {});
}

using TestLock = Lease;

inline TestLock lock_of(const std::string& url) { return {PostgresAddress(url), {}}; }

// Where a new, empty database is: a schema of its own.
class NewPlace {
 public:
  NewPlace() {
    auto* server = PostgresServer::shared();
    if (server == nullptr) throw std::runtime_error(PostgresServer::kNotInstalled);
    const auto schema = server->new_name();
    name_ = server->url(schema);
    look_at(name_)->run("CREATE SCHEMA " + schema, {}, {});
  }
  const std::string& name() const { return name_; }
  // As the daemon's configuration has it. Who takes over from a killed daemon waits for its lease.
  std::string configuration() const {
    return "database: {url: \"" + name_ + "\"}\ncluster: {lease: 1s, instance: here}\n";
  }

 private:
  std::string name_;
};

#else

using TestDatabase = FileDatabase;

inline TestDatabase open_database(const std::string& path, const DatabaseOptions& options = {}) {
  return TestDatabase(path, options);
}

inline std::unique_ptr<Connection> look_at(const std::string& path) {
  return connect_to_look(path);
}

inline void execute(const std::string& path, const std::string& sql) {
  SQLite::Database(path, SQLite::OPEN_READWRITE, 10'000).exec(sql);
}

using TestLock = LockFile;

inline TestLock lock_of(const std::string& path) { return TestLock(path); }

class NewPlace {
 public:
  const std::string& name() const { return name_; }
  std::string configuration() const { return "database: {path: " + name_ + "}\n"; }
  const TemporaryDirectory& directory() const { return directory_; }

 private:
  TemporaryDirectory directory_;
  std::string name_ = directory_.path() / "nba_data.db";
};

#endif

}  // namespace nbasync::testing
