#include "postgres/postgres_answer.hpp"

#include <utility>

#include "postgres/postgres_error.hpp"

namespace nbasync {

bool is_error(const PGresult* result) {
  const auto status = PQresultStatus(result);
  return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE;
}

void fail(const PGresult* error, const std::string& name) {
  const auto state = sqlstate_of(error);
  constexpr const char* kSerializationFailure = "40001";
  constexpr const char* kDeadlock = "40P01";
  if (state == kSerializationFailure || state == kDeadlock) throw Undone(as_error(error, name));
  constexpr const char* kStops = "57P";
  if (state.starts_with(kStops)) throw ServerGone(as_error(error, name));
  throw as_error(error, name);
}

void read_to_end(PostgresSession& session, PostgresSession::Result first, const std::string& name,
                 const Patience& patience) {
  PostgresSession::Result error;
  for (auto result = std::move(first); result; result = session.next(patience)) {
    if (!error && is_error(result.get())) error = std::move(result);
  }
  if (error) fail(error.get(), name);
}

}  // namespace nbasync
