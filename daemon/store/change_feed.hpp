#pragma once

#include <cstdint>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "db/connection.hpp"
#include "model/data_change.hpp"
#include "store/row_change.hpp"

namespace nbasync {

// What one transaction adds to the feed of changes, as rows of the data's own batch: a row of the
// feed is there exactly when the data's row has changed. One thread; blocking, because it reads
// what the tables say before the batch is written. Throws Error.
class ChangeFeed {
 public:
  // Rows of a scope that had none are told one by one up to so many; more are one row, 'load'.
  static constexpr std::size_t kMostTold = 1'000;

  enum class Reason { kAnswer, kAge };  // kAge: rows that go because they are old

  // `new_finals`: games that the run has made final so far; what is written here is added. Both
  // must outlive it.
  ChangeFeed(Connection& connection, std::string run_id, std::set<std::string>& new_finals)
      : connection_(connection), run_id_(std::move(run_id)), new_finals_(new_finals) {}

  // What comes now is told as of `now`, instead of what was added. If then nothing is added,
  // because that was written and only the answer to it lost, told() tells of it.
  void start(SystemTime now, const std::stop_token& stop);

  void add(const TableChange& change, const Difference& difference, Reason reason);

  // Its rows live as long as this, until start().
  TableBatch batch() const;

  // Once the batch is written: what it has added, by table in the order of add(). None if nothing
  // was added, or that cannot be read.
  std::vector<DataChange> told() noexcept;

 private:
  struct Added {
    std::int64_t rows = 0;
    std::vector<DataChange> told;  // first_seq and last_seq count its rows, from 1
    std::set<std::string> finals;  // to be added to new_finals_
  };

  std::int64_t rows() const;
  bool is_load(const TableChange& change, const Difference& difference) const;
  void add_load(const TableChange& change, std::size_t count);
  void add_rows(const TableChange& change, const Difference& difference, Reason reason);
  void add_row(const TableChange& change, const RowChange& row, bool is_correction);
  void add_row(const TableChange& change, ChangeKind kind, std::string key, Value before,
               Value after, bool is_correction);
  void add_missing_cells(const TableChange& change, const Difference::Delete& gone,
                         RowChange& row) const;

  Connection& connection_;
  std::string run_id_;
  std::set<std::string>& new_finals_;
  SystemTime now_;
  std::stop_token stop_;
  Rows rows_;
  Added added_;   // rows_, once told() looks
  Added before_;  // the last start() that added something
};

}  // namespace nbasync
