#include "postgres/postgres_database.hpp"

namespace nbasync {

std::unique_ptr<Connection> PostgresDatabase::connect_writer(
    std::optional<std::chrono::milliseconds> busy_timeout) const {
  auto options = options_;
  options.statement_timeout = busy_timeout.value_or(options.statement_timeout);
  return std::make_unique<PostgresConnection>(address_, options);
}

std::unique_ptr<Connection> PostgresDatabase::connect_reader() const {
  return std::make_unique<PostgresConnection>(address_, options_);
}

void PostgresDatabase::prepare(Prepare prepare, const Look& look) {
  const auto connection = connect_writer(std::nullopt);
  prepare(*connection, {});
  look(*connection);
}

}  // namespace nbasync
