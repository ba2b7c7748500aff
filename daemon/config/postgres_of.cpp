#include "config/postgres_of.hpp"

#include <optional>
#include <string>

#include "base/secret.hpp"
#include "base/text.hpp"

namespace nbasync {
namespace {

// A password is a line. Empty: none, and libpq may know one.
std::string read_password(const std::optional<std::filesystem::path>& file) {
  const auto secret = read_secret("database-password", file, "database.password_file", "password");
  if (!secret) return {};
  const auto& text = secret->text;
  return std::string(trimmed(text.substr(0, text.find('\n')), kBlanksOfLines));
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
