#pragma once

#include <stop_token>
#include <string_view>

#include "db/connection.hpp"

namespace nbasync {

// As triggered_by: a sync that the start of the daemon asks for.
inline constexpr std::string_view kStartup = "startup";

// Whether the database has been filled yet.
struct Filled {
  bool empty = false;       // no table of the data has a row
  bool unfinished = false;  // the last sync that a start asked for did not end with success

  bool operator==(const Filled&) const = default;
};

// Blocking; the thread of the connection. Throws Error(kStorage…), kCancelled.
Filled read_filled(Connection& connection, const std::stop_token& stop);

}  // namespace nbasync
