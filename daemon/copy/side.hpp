#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>

#include "db/connection.hpp"
#include "postgres/postgres_connection.hpp"

namespace nbasync {

// One of the two databases between which tables are copied, in a transaction of its own. However
// large a table is, a part of it is in memory.
struct Side {
  using TakeRow = std::function<void(std::span<const Value>)>;

  Connection& connection;
  std::string name;  // for messages

  // The rows of a SELECT.
  std::function<void(const std::string& sql, const std::function<void(Row)>& row)> each;

  // Fills a table: `rows` is called once, and calls what it is given for each row.
  std::function<void(const Table& table, const std::function<void(const TakeRow&)>& rows)> fill;
};

// The connections outlive what is returned.
Side side_of_file(Connection& file, const std::string& name, const std::stop_token& stop);
Side side_of_server(PostgresConnection& server, const std::string& name,
                    const std::stop_token& stop);

}  // namespace nbasync
