#include "config/postgres_of.hpp"

#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

// A password is a line.
std::optional<std::string> line_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string line;
  if (!file || (!std::getline(file, line) && !file.eof())) return std::nullopt;
  return std::string(trimmed(line, kBlanksOfLines));
}

// From systemd's credential, else the file; empty: none, and libpq may know one.
std::string read_password(const std::optional<std::filesystem::path>& file) {
  if (const char* folder = std::getenv("CREDENTIALS_DIRECTORY")) {
    if (auto password = line_of(std::filesystem::path(folder) / "database-password")) {
      return *password;
    }
  }
  if (!file) return {};
  auto password = line_of(*file);
  if (password && !password->empty()) return *password;
  throw Error(Errc::kBadConfiguration,
              format("database.password_file: {}: {}", file->string(),
                     password ? "is empty; write the password into it"
                              : "cannot be read; it must exist and be readable for this user"));
}

}  // namespace

PostgresAddress postgres_address(const DatabaseConfig& config) {
  return PostgresAddress(config.url.value_or(""), read_password(config.password_file));
}

std::optional<PostgresAddress> bell_address(const DatabaseConfig& config) {
  if (!rings(config)) return std::nullopt;
  if (config.listen == DatabaseConfig::kListenAtUrl) return postgres_address(config);
  return PostgresAddress(config.listen, read_password(config.password_file));
}

}  // namespace nbasync
