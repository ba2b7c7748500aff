#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <string>

#include "base/error.hpp"

namespace nbasync {

// What SQLite threw, in words for the operator. `system_error` is the errno that it left behind, if
// that was 0 before, else 0; `busy_timeout` how long other programs were waited for.
Error as_error(const SQLite::Exception& error, const std::string& path, int system_error,
               std::chrono::milliseconds busy_timeout);

// The database's content is damaged.
Error damaged(const std::string& path, const std::string& how);

// The disk does not give it; `system_error` is an errno.
Error unreadable(const std::string& path, int system_error);

}  // namespace nbasync
