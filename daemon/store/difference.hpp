#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dataset/row_index.hpp"
#include "db/connection.hpp"

namespace nbasync {

// Rows of a dataset's own table, by what became of them.
struct ChangeCounts {
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t deleted = 0;

  ChangeCounts& operator+=(const ChangeCounts& more);

  // Whether there is anything to write.
  bool any() const { return inserted + updated + deleted > 0; }
};

// What has to be written so that a table says what an answer says. Rows are numbered as in the
// answer.
struct Difference {
  struct Update {
    std::size_t row;
    std::vector<std::size_t> columns;  // that differ
    std::vector<Value> before;         // their stored cells
  };
  struct Delete {
    std::vector<Value> key;
    std::vector<Value> before;  // the stored cells of the compared columns
  };

  std::vector<std::size_t> inserts;
  std::vector<Update> updates;
  std::vector<Delete> deletes;
  std::int64_t unchanged = 0;
  std::vector<Value> stand_ins;  // by column, what is stored for NULL; empty: NULL itself
  std::size_t stored = 0;        // rows of the scope

  ChangeCounts counts() const;
  TableBatch batch(const TableChange& change) const;
};

// Compares the stored rows with an answer's: the one place that says what differs. Pure; the answer
// must outlive it.
class Comparison {
 public:
  // `stand_ins`: by column, what is stored for NULL where the database forbids it.
  Comparison(const TableChange& change, std::vector<Value> stand_ins);

  // A stored row of the answer's scope: the key's columns, then the compared ones, as
  // table_sql::select has them.
  void stored(Row row);

  // A stored row beyond the scope that has the key of one of unseen().
  void stored_elsewhere(Row row);

  // The answer's rows that were not stored so far.
  std::vector<std::size_t> unseen() const;

  // Without a guard: throws Error(kUpstreamEmpty) if a complete answer has no rows where the table
  // has.
  Difference difference() const;

 private:
  void compare(std::size_t row, Row stored);
  std::optional<std::size_t> find(Row stored);

  const TableChange& change_;
  std::vector<Value> stand_ins_;
  std::vector<std::size_t> keys_;      // positions of columns
  std::vector<std::size_t> compared_;  // those that an update may change
  std::size_t next_ = 0;               // the row that follows the one found last
  std::optional<RowIndex> index_;      // made when rows are stored in another order
  std::vector<bool> seen_;             // by row of the answer
  std::vector<KeyPart> key_;
  Difference found_;
};

// Reads what is stored and compares. Blocking. Throws Error.
Difference difference(Connection& connection, const TableChange& change,
                      const std::stop_token& stop);

}  // namespace nbasync
