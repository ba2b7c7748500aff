#pragma once

#include <memory>
#include <string>

#include "db/connection.hpp"

namespace nbasync {

// A connection that only reads, for who neither owns the database nor has its lock. Makes no
// database, at most SQLite's log and its index beside one; the file is not looked at again.
// Blocking. Throws Error.
std::unique_ptr<Connection> connect_to_look(const std::string& path);

}  // namespace nbasync
