#pragma once

#include <functional>
#include <span>
#include <stop_token>
#include <string>

#include "db/connection.hpp"

namespace nbasync {

// Rows that are looked up by their keys, many with one SELECT. There are only two sizes, so that
// few statements are kept prepared; few keys would pay for many.
inline constexpr std::size_t kFewKeys = 16;
inline constexpr std::size_t kManyKeys = 200;

// Runs `sql(n)`, which asks for n keys (table_sql::key_in), as often as these keys need; `width`
// values are a key. Blocking. Throws Error.
void each_of_keys(Connection& connection, const std::function<std::string(std::size_t)>& sql,
                  std::span<const Value> keys, std::size_t width,
                  const std::function<void(Row)>& row, const std::stop_token& stop);

}  // namespace nbasync
