#pragma once

#include <stop_token>

#include "base/clock.hpp"
#include "db/connection.hpp"
#include "model/check_answer.hpp"

namespace nbasync {

// How a PostgreSQL is kept: its version, whether what it has acknowledged survives a crash, and
// whether its clock is this host's. Blocking; the thread of the connection. Throws nothing but what
// is none of an Error.
CheckAnswers check_server(Connection& connection, const Clock& clock, const std::stop_token& stop);

}  // namespace nbasync
