#pragma once

#include <string>

#include "model/check_answer.hpp"

namespace nbasync {

// The files of the database at this path: whose they are, who may change them, whether the lock is
// there, and how much room is left. Makes nothing, and takes no lock. Blocking, for as long as the
// file system is; any thread.
CheckAnswers check_files(const std::string& database);

}  // namespace nbasync
