#include "support/test_engine.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdlib>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "cluster/lease.hpp"
#include "db/file_database.hpp"
#include "db/lock_file.hpp"
#include "db/look.hpp"
#include "postgres/postgres_database.hpp"
#include "support/postgres_server.hpp"

namespace nbasync::testing {

bool asks_postgres() {
  const char* engine = std::getenv("NBASYNC_TEST_ENGINE");
  return engine != nullptr && std::string_view(engine) == "postgres";
}

TestDatabase::TestDatabase(const std::string& place, const DatabaseOptions& options) {
  if (asks_postgres()) {
    database_ =
        std::make_unique<PostgresDatabase>(PostgresAddress(place), PostgresConnection::Options{});
  } else {
    database_ = std::make_unique<FileDatabase>(place, options);
  }
}

TestLock::TestLock(const std::string& place) {
  if (asks_postgres()) {
    lock_ = std::make_unique<Lease>(PostgresAddress(place), Lease::Options{});
  } else {
    lock_ = std::make_unique<LockFile>(place);
  }
}

std::unique_ptr<Connection> look_at(const std::string& place) {
  if (!asks_postgres()) return connect_to_look(place);
  return std::make_unique<PostgresConnection>(PostgresAddress(place));
}

void execute(const std::string& place, const std::string& sql) {
  if (!asks_postgres()) {
    SQLite::Database(place, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 10'000).exec(sql);
    return;
  }
  const auto connection = look_at(place);
  connection->write([&] { connection->run(sql, {}, {}); }, {});
}

std::string first_column(Connection& connection, const std::string& query) {
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

NewPlace::NewPlace() : name_(directory_.path() / "nba_data.db") {
  if (!asks_postgres()) return;
  auto* server = PostgresServer::shared();
  if (server == nullptr) throw std::runtime_error(PostgresServer::kNotInstalled);
  const auto schema = server->new_name();
  name_ = server->url(schema);
  execute(name_, "CREATE SCHEMA " + schema);
}

std::string NewPlace::configuration() const {
  if (!asks_postgres()) return "database: {path: " + name_ + "}\n";
  return "database: {url: \"" + name_ + "\"}\ncluster: {lease: 1s, instance: here}\n";
}

}  // namespace nbasync::testing
