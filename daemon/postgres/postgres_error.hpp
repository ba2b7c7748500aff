#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <string>

#include "base/error.hpp"

namespace nbasync {

// The server, or the way to it, has gone: what was asked has no answer, or was not heard. It may be
// asked again, of whoever is there then.
class ServerGone : public Error {
 public:
  explicit ServerGone(const Error& why) : Error(why) {}
};

// What PostgreSQL answered, in words for the operator. `name` is the database's.
Error as_error(const PGresult* result, const std::string& name);

// A connection that could not be made. It may be null.
ServerGone not_connected(PGconn* connection, const std::string& name);

// One that was there.
ServerGone connection_lost(PGconn* connection, const std::string& name);

// No answer for so long.
Error no_answer(const std::string& name, std::chrono::milliseconds waited);

// The database has been found on another of its hosts than the one that was asked.
ServerGone moved(const std::string& name);

// The wait for a standby's word was broken off (synchronous_commit): what was written may be lost.
Error not_replicated(const std::string& name);

Error postgres_cancelled(const std::string& name);

// "57014"; empty if the server told none.
std::string sqlstate_of(const PGresult* result);

}  // namespace nbasync
