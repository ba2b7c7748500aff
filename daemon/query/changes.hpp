#pragma once

#include <stop_token>
#include <string_view>

#include "db/connection.hpp"
#include "model/changes_question.hpp"

namespace nbasync {

// What the feed of changes says: one SELECT, so all of it is of one moment. The rows have the names
// of the columns as keys; `between` stands between them. Blocking; the thread of the connection.
// Throws Error(kStorage…), kCancelled, kInvalidArgument for a table that is none.
ChangesAnswer changes(Connection& connection, const ChangesQuestion& question,
                      std::string_view between, const std::stop_token& stop);

}  // namespace nbasync
