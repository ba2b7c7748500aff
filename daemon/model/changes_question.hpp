#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace nbasync {

// Which rows of the feed of changes are asked for.
struct ChangesQuestion {
  static constexpr unsigned kDefault = 1'000;
  static constexpr unsigned kMost = 5'000;

  std::optional<std::int64_t> since;  // those after this number; none: the newest ones
  std::string table = {};             // of this table only; empty: of all
  bool corrections = false;           // nothing else
  unsigned limit = kDefault;
  std::string run_id = {};  // of this run only; empty: of all
};

// The rows, oldest first, and where a follower stands then.
struct ChangesAnswer {
  std::string rows;             // JSON objects, one behind the other
  std::size_t count = 0;        // of them
  std::int64_t last_seq = 0;    // the next question's `since`
  std::int64_t oldest_seq = 0;  // that is kept; 0: the feed is empty
  bool more = false;            // the limit has cut off what else there is

  // Why there is no answer: `since` is before what is kept, or the database is another one. A
  // sentence; empty: there is one.
  std::string gone;
};

}  // namespace nbasync
