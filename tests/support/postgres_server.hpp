#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "support/process.hpp"
#include "support/temporary_directory.hpp"

namespace nbasync::testing {

// A PostgreSQL of the test program's own: an ordinary user's, in a temporary folder, with a socket
// there and no port. Its superuser "postgres" needs no password, all others do.
class PostgresServer {
 public:
  static constexpr const char* kNotInstalled =
      "skipped: PostgreSQL is not installed (package postgresql)";

  // Where its programs are; nullopt where it is not installed.
  static std::optional<std::filesystem::path> programs();

  // The one of this program, started by the first call; null where PostgreSQL is not installed.
  // Throws std::runtime_error if it does not start.
  static PostgresServer* shared();

  ~PostgresServer();

  // A URL of its one database, with this schema as the place of all tables. A schema is made in no
  // time, where a database takes a tenth of a second.
  std::string url(const std::string& schema, const std::string& user = "postgres") const;

  // Where its socket is.
  const std::filesystem::path& folder() const { return directory_.path(); }

  // A name for a schema that no other test of this program has.
  std::string new_name() { return "test" + std::to_string(++schemas_); }

 private:
  explicit PostgresServer(const std::filesystem::path& programs);

  TemporaryDirectory directory_;
  std::unique_ptr<Process> process_;
  std::atomic<int> schemas_ = 0;
};

}  // namespace nbasync::testing
