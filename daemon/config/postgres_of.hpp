#pragma once

#include "config/config.hpp"
#include "postgres/postgres_address.hpp"

namespace nbasync {

// Where database.url leads, with the password of systemd's credential database-password, else of
// database.password_file; with neither, libpq may know one. Throws Error(kBadConfiguration).
PostgresAddress postgres_address(const DatabaseConfig& config);

}  // namespace nbasync
