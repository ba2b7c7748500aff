#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dataset/dataset.hpp"

namespace nbasync {

// A question to the database, complete and checked. A value.
struct Query {
  std::string name;           // of the list in the answer: "games"
  std::string sql;            // one SELECT; equal texts are prepared once
  std::vector<Value> values;  // of its parameters $1, $2, …
};

// The rows as JSON text, {"games":[{…},…],"count":2}: the keys are the names of the columns.
struct QueryAnswer {
  std::string json;
  std::size_t rows = 0;
  std::string etag;  // strong, with its quotes; the same for the same text
};

}  // namespace nbasync
