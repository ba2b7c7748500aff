#pragma once

#include <libpq-fe.h>

#include <string_view>
#include <vector>

#include "db/connection.hpp"

namespace nbasync {

// The rows of an answer as cells. What a cell points into is the result's.
class PostgresRow {
 public:
  // The first row of the result, which outlives what is returned.
  Row read(const PGresult* result);

 private:
  std::vector<Cell> cells_;
  std::vector<std::string_view> names_;
};

}  // namespace nbasync
