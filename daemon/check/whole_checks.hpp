#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "dataset/dataset.hpp"
#include "db/connection.hpp"
#include "model/check_answer.hpp"

namespace nbasync {

// A question to the database that is not about one season. Blocking; throws Error(kStorage…),
// kCancelled. The answer's check is the caller's.
struct WholeCheck {
  std::string_view word;
  CheckAnswer (*look)(Connection& connection, SystemTime now, const std::stop_token& stop);
};

// Counts the table's rows whose ids of games are in `column` and not the NBA's: by the key's index,
// as ids are ordered by their bytes, for each full sync asks it of all seasons.
std::string leftovers_count(const Table& table, std::string_view column);

// All of them, in the order in which they are told.
std::span<const WholeCheck> whole_checks();

}  // namespace nbasync
