#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "protocol/status.hpp"

// The daemons that share a database. Each has a name (cluster.instance), which one process has at a
// time: it says again and again that it is there. Blocking; any thread. Throws what Connection
// does.
namespace nbasync {

// What one of them can be.
inline constexpr const char* kHolder = "holder";      // has the lock, and syncs
inline constexpr const char* kFollower = "follower";  // takes the lock when it is free
inline constexpr const char* kStandby = "standby";    // never does

namespace instances {

// Makes their table, or what it lacks. A part of a write().
void make_table(Connection& connection, const std::stop_token& stop);
// Whether it is there, and has all that follows needs.
bool is_there(Connection& connection, const std::stop_token& stop);

// Says that this process is there, and has the name. nullopt: so it is. Else another process has
// it, which has been silent for less than 15 s and is not known to have ended: a sentence.
std::optional<std::string> claim(Connection& connection, const protocol::InstanceState& self,
                                 const std::stop_token& stop);

// Another process may have the name at once.
void give_back(Connection& connection, const std::string& name, const std::stop_token& stop);

// Those that were heard of in the last 15 s.
std::vector<protocol::InstanceState> heard_of(Connection& connection, const std::stop_token& stop);

}  // namespace instances
}  // namespace nbasync
