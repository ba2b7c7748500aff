#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "db/database.hpp"
#include "postgres/postgres_connection.hpp"

namespace nbasync {

// A PostgreSQL as the database. Its connections connect when they are used, or take over the
// session of one that has gone.
class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(PostgresAddress address, PostgresConnection::Options options)
      : address_(std::move(address)), options_(std::move(options)) {
    options_.spare = std::make_shared<SpareSession>();
  }

  // `busy_timeout` is how long it waits for an answer.
  using Database::connect_writer;
  std::unique_ptr<Connection> connect_writer(
      std::optional<std::chrono::milliseconds> busy_timeout) const override;
  std::unique_ptr<Connection> connect_reader() const override;
  using Database::prepare;
  void prepare(Prepare prepare, const Look& look) override;

  // Nothing takes its place unseen: whoever answers there is the database.
  void observe(std::function<void(const std::string&)>) override {}
  const std::string& name() const override { return address_.name(); }

 private:
  PostgresAddress address_;
  PostgresConnection::Options options_;
};

}  // namespace nbasync
