#pragma once

#include <string>

namespace nbasync {

// Why a database, or a file beside it, cannot be opened or written, in words for the operator:
// whose the file or folder is that stands in the way, and what helps. `system_error` is the errno
// of the attempt, or 0. Empty if nothing of that kind stands in the way. Blocking.
std::string access_problem(const std::string& path, int system_error);

}  // namespace nbasync
