#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

#include "base/clock.hpp"
#include "db/connection.hpp"
#include "store/difference.hpp"

namespace nbasync {

// Which rows of a change are corrections: another word about what was settled. A game is settled
// when `games` has it as final and its tip-off is nine hours past; where that is not known, the end
// of its day. To fill in what was NULL, the first rows of a game however late, and what follows in
// the run that has made it final, is no correction.
class Corrections {
 public:
  static constexpr Duration kUntilSettled = std::chrono::hours{9};

  // By what the tables say before the change is written. `new_finals`: games that this run has made
  // final. Blocking. Change and difference outlive it. Throws Error.
  Corrections(Connection& connection, const TableChange& change, const Difference& difference,
              const std::set<std::string>& new_finals, SystemTime now, const std::stop_token& stop);

  bool inserted(std::size_t row) const;
  bool updated(const Difference::Update& update) const;
  bool deleted(const Difference::Delete& gone) const;

  // The games that the change makes final.
  std::set<std::string> finals(const Difference& difference) const;

 private:
  std::string game_of(std::size_t row) const;
  std::string game_of(const Difference::Delete& gone) const;

  const TableChange& change_;
  std::optional<std::size_t> game_;  // the column of a row's game; none: the rows are of no game
  std::size_t key_part_ = 0;         // and its place in a key
  std::set<std::string> settled_;
  std::set<std::string> had_rows_;  // of those with new rows
};

}  // namespace nbasync
