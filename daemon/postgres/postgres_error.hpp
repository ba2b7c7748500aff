#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <string>

#include "base/error.hpp"

namespace nbasync {

// What PostgreSQL answered, in words for the operator. `name` is the database's.
Error as_error(const PGresult* result, const std::string& name);

// A connection that could not be made. It may be null.
Error not_connected(PGconn* connection, const std::string& name);

// One that was there.
Error connection_lost(PGconn* connection, const std::string& name);

// No answer for so long.
Error no_answer(const std::string& name, std::chrono::milliseconds waited);

Error postgres_cancelled(const std::string& name);

// "57014"; empty if the server told none.
std::string sqlstate_of(const PGresult* result);

}  // namespace nbasync
