#pragma once

#include <cstddef>
#include <string>

#include "model/row_changes.hpp"

namespace SQLite {
class Database;
}

namespace nbasync {

// How rows of our tables differ from before, in the form of SQLite's session extension. A value.
struct Changeset {
  static constexpr std::size_t kMostRows = 10'000;
  static constexpr std::size_t kMostBytes = 16 << 20;

  std::string bytes;
  bool complete = true;  // else there were changes that could not be recorded

  // Makes the same changes here, in the transaction under way. What has changed in between by other
  // programs stays. Throws SQLite::Exception.
  void apply(SQLite::Database& db) const;

  // The rows as JSON, table by table; no more than kMostRows and about kMostBytes of them. The
  // names of the columns are read from the database. Throws SQLite::Exception.
  RowChanges rows(SQLite::Database& db) const;
};

}  // namespace nbasync
