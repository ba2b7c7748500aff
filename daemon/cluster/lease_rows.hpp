#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>

#include "db/connection.hpp"
#include "db/lock_holder.hpp"

// The two rows that are the lock of a PostgreSQL: who has it and how long, and the fence. Blocking;
// any thread. Throws what Connection does.
namespace nbasync::lease_rows {

// If they are not there.
void make_tables(Connection& connection);

// The epoch of the holder that has it from now on, as `holder` in lines; nullopt: another has it.
std::optional<std::int64_t> take(Connection& connection, const std::string& token,
                                 const std::string& holder, std::chrono::milliseconds length);

// Puts its end off. False: another has it.
bool renew(Connection& connection, const std::string& token, const std::string& holder,
           std::chrono::milliseconds length, const std::stop_token& stop);

// `rings`: who waits for it and listens looks now.
void give_back(Connection& connection, const std::string& token, bool rings);

// Who has had it last.
std::optional<LockHolder> holder(Connection& connection, const std::stop_token& stop);

// A statement that fails if this holder's fence is not there any more.
std::string guard(std::int64_t epoch, const std::string& token);

}  // namespace nbasync::lease_rows
