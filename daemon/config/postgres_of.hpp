#pragma once

#include <optional>

#include "config/config.hpp"
#include "postgres/postgres_address.hpp"

namespace nbasync {

// Where database.url leads, with the password of systemd's credential database-password, else of
// database.password_file; with neither, libpq may know one. Throws Error(kBadConfiguration).
PostgresAddress postgres_address(const DatabaseConfig& config);

// Whether NOTIFY is sent.
inline bool rings(const DatabaseConfig& config) {
  return config.listen != DatabaseConfig::kListenOff;
}

// Where it is heard, with the same password; nullopt: nowhere. Throws Error(kBadConfiguration).
std::optional<PostgresAddress> bell_address(const DatabaseConfig& config);

}  // namespace nbasync
