#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "db/batch.hpp"
#include "db/cell.hpp"
#include "db/stored_column.hpp"

namespace nbasync {

enum class FileUse { kRead, kWrite };

enum class DatabaseKind { kFile, kPostgres };

// A row of an answer, in the order of the SELECT. Valid until the next row.
struct Row {
  std::span<const Cell> cells;
  std::span<const std::string_view> names;  // of its columns

  const Cell& operator[](std::size_t column) const { return cells[column]; }
  std::size_t size() const { return cells.size(); }
};

// A connection to the database, whatever engine it is. SQL names its parameters $1, $2, …. One
// thread at a time; every call blocks, and ends within 10 ms of a stop request, also while another
// program holds the database. Throws Error: kStorage…, kCancelled. When another file has taken the
// place of the database, one that writes says so once (kStorageReplaced), and works on the new one
// from then on; one that reads just does the latter.
class Connection {
 public:
  virtual ~Connection() = default;

  // What is at its other end, for who makes its tables.
  virtual DatabaseKind kind() const = 0;

  // Runs a statement without rows. Returns how many rows it changed.
  virtual std::int64_t run(std::string_view sql, std::span<const Value> values,
                           const std::stop_token& stop) = 0;

  // Runs a SELECT, row by row. The connection must not be used from within `row`.
  virtual void each(std::string_view sql, std::span<const Value> values,
                    const std::function<void(Row)>& row, const std::stop_token& stop) = 0;

  // The columns of a table as the database has them; empty if there is no such table.
  virtual std::vector<StoredColumn> columns_of(std::string_view table,
                                               const std::stop_token& stop) = 0;

  // The names of all tables, but those that the engine keeps for itself.
  virtual std::vector<std::string> tables(const std::stop_token& stop) = 0;

  // Runs `work` in one transaction that writes: all of it, or nothing if it throws.
  virtual void transaction(const std::function<void()>& work, const std::stop_token& stop) = 0;

  // What `work` runs is written in one transaction: all of it, or nothing if it throws. What it
  // reads is as it was before, or as it has written it; how many rows it changed is not told.
  virtual void write(const std::function<void()>& work, const std::stop_token& stop) {
    transaction(work, stop);
  }

  // A transaction that is rolled back at its end: what `work` reads has what it wrote before.
  virtual void rehearse(const std::function<void()>& work, const std::stop_token& stop) = 0;

  // Writes what `difference` says, in one transaction. It reads what is stored and is called again
  // if that changed before the transaction began, or if nobody can tell whether it was written.
  // Nothing to write: no transaction. Within rehearse() it is part of that.
  virtual void change(const std::function<Batch()>& difference, const std::stop_token& stop) = 0;

  // Whatever file it is by now: from here on it is the one to write, and no error.
  virtual void take_file(const std::stop_token& stop) = 0;

  // Empties the write-ahead log if no reader holds it up. Returns the bytes that are left in it.
  virtual std::int64_t checkpoint() = 0;

  // Gives what is cached back to the system.
  virtual void release_memory() noexcept = 0;
};

}  // namespace nbasync
