#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace nbasync {

// A question to the database, complete and checked. A value.
struct Question {
  std::string name;  // of the list in the answer: "games"
  std::string sql;   // one SELECT; equal texts are prepared once
  std::vector<std::variant<std::int64_t, std::string>> values;  // of its parameters, in order
};

// The rows as JSON text, {"games":[{…},…],"count":2}: the keys are the names of the columns.
struct QueryAnswer {
  std::string json;
  std::string etag;  // strong, with its quotes; the same for the same text
};

}  // namespace nbasync
