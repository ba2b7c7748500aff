#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/result_set.hpp"

namespace nbasync {

// Rows that are made of several answers of one moment, by their keys.
struct Joined {
  Rows rows;                               // one for each of Base, in its order
  std::vector<std::vector<Value>> spared;  // keys that an answer has and Base has not
  std::string note;
};

// The first of the answers, which says which rows there are.
struct Base {
  const Grid& grid;
  std::size_t keys;        // the first columns of all the answers
  std::string_view label;  // "teamgamelogs Base"
  std::string_view unit;   // "lines"
  // Whether all answers must have this row by now; `due` says it: "of games that ended long ago".
  std::function<bool(std::span<const Value> key)> is_due;
  std::string_view due;
  bool force = false;  // no answer is too short
};

// Copies the figures of an answer, Base included, to the rows with the same key. An answer that is
// behind leaves out rows, which the note says; one that leaves out too many: throws
// Error(kUpstreamShort).
void join(const Base& base, const Grid& grid, std::span<const ResultColumn> fields,
          const std::string& label, Joined& joined);

}  // namespace nbasync
