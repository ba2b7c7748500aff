#pragma once

#include <libpq-fe.h>

#include <string>

#include "base/error.hpp"
#include "postgres/postgres_session.hpp"

// What a server says at the end.
namespace nbasync {

bool is_error(const PGresult* result);

// The server has undone it, because another session was in the way, and would do it now.
class Undone : public Error {
 public:
  explicit Undone(const Error& why) : Error(why) {}
};

// Throws what the server says: Undone where that is so.
[[noreturn]] void fail(const PGresult* error, const std::string& name);

// The end of an answer. Throws the error that came, when all of it has been read.
void read_to_end(PostgresSession& session, PostgresSession::Result first, const std::string& name,
                 const Patience& patience);

}  // namespace nbasync
