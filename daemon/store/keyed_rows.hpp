#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>

#include "db/connection.hpp"

namespace nbasync {

// Rows that are looked up by their keys, many with one SELECT.
inline constexpr std::size_t kKeysAtOnce = 200;

// Runs `sql`, which asks for kKeysAtOnce keys (table_sql::key_in), as often as these keys need;
// `width` values are a key. Blocking. Throws Error.
void each_of_keys(Connection& connection, const std::string& sql, std::span<const Value> keys,
                  std::size_t width, const std::function<void(Row)>& row,
                  const std::stop_token& stop);

}  // namespace nbasync
