#pragma once

#include <span>
#include <stop_token>
#include <string>

#include "db/connection.hpp"

namespace nbasync {

// Whether the log says that nothing of this season is left to fetch: each of these datasets has
// ended with success since the morning after its last final. Of a season of which no final is
// stored, it does not. Blocking; the thread of the connection. Throws Error(kStorage…), kCancelled.
bool is_whole(Connection& connection, const std::string& season,
              std::span<const std::string> datasets, const std::stop_token& stop);

}  // namespace nbasync
