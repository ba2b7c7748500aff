#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "model/check_answer.hpp"
#include "schedule/schedule_spec.hpp"

namespace nbasync {

// How the database is kept, and, of a file, whether it can be read whole. Blocking, for as long as
// reading the file takes or until the stop request; the thread of the connection. Throws nothing
// but what is none of an Error.
CheckAnswers check_database(Connection& connection, const std::string& path,
                            const std::stop_token& stop);

// Whether the zones of these schedules, and the league's, are known. Reads tzdata: blocking.
CheckAnswer check_zones(const std::vector<ScheduleSpec>& schedules);

}  // namespace nbasync
