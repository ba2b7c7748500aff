#pragma once

#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>

#include "support/postgres_server.hpp"
#include "support/process.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// A pgbouncer before a PostgresServer, which gives each transaction any session of the server: an
// ordinary user's, in a temporary folder, with a socket there and no port. It asks nobody who he
// is, and to the server it is the superuser.
class PgBouncer {
 public:
  static constexpr const char* kNotInstalled =
      "skipped: pgbouncer is not installed (package pgbouncer)";
  static bool is_installed() { return ::access(kProgram, X_OK) == 0; }

  // Listens when it returns. Its sessions have this schema as the place of all tables, and whatever
  // these statements set. The server must outlive it. Throws std::runtime_error.
  PgBouncer(const PostgresServer& server, const std::string& schema,
            const std::string& settings = {});

  // Of the server's database, through it. Without a schema: it takes no such option.
  std::string url() const;

  // What it has told, for who wants to know why a test failed.
  std::string told() const;

 private:
  static constexpr const char* kProgram = "/usr/sbin/pgbouncer";

  TemporaryDirectory directory_;
  std::filesystem::path log_ = directory_.path() / "log";
  std::unique_ptr<Process> process_;
};

}  // namespace nbasync::testing
