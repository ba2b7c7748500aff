#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "base/clock.hpp"
#include "dataset/dataset.hpp"
#include "model/row_changes.hpp"
#include "store/changeset.hpp"

namespace nbasync {

struct StoreOptions {
  std::chrono::milliseconds busy_timeout{30'000};
  bool synchronous_full = true;  // false: NORMAL
};

// Rows of a dataset's own table, by what became of them.
struct ChangeCounts {
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t deleted = 0;
};

// What a sync asked and was answered; the hashes of the bodies are what is remembered.
struct Answers {
  std::span<const Request> requests;
  std::span<const std::string> bodies;  // one for each request
};

// The writer: the one connection that changes data tables. Blocking; one thread at a time.
// All members throw Error: kStorage, kStorageBusy, kStorageFull, kStorageNewer, kCancelled.
class Store {
 public:
  // Opens or makes the database, in WAL mode, and migrates it in place. A file that is not ours, is
  // damaged or newer is left untouched.
  Store(const std::string& path, const StoreOptions& options);
  ~Store();

  // What decoding this dataset needs to know of the tables; with `rehearsed`, as if that had been
  // done to them.
  DecodeContext context(const Dataset& dataset, const std::string& season,
                        const Changeset& rehearsed = {});

  // If every body is the one of the last successful sync (same decoding version, same context, and
  // the rows are still there): the counts of a sync that changed nothing.
  std::optional<ChangeCounts> if_unchanged(const Dataset& dataset, const DecodeContext& context,
                                           const Answers& answers);

  // One BEGIN IMMEDIATE transaction: rows upserted with change detection, rows of the scope that
  // are gone deleted, the hashes remembered. Throws kUpstreamEmpty, and changes nothing, if a
  // complete change without rows speaks of a scope that has rows.
  ChangeCounts apply(const Dataset& dataset, const DecodeContext& context, const Decoded& decoded,
                     const Answers& answers, SystemTime now, const std::stop_token& stop);

  // What apply would do: the same transaction, rolled back at its end. `rehearsed` is what
  // earlier steps of a dry run would have done; this one's changes come to it.
  ChangeCounts rehearse(const Decoded& decoded, SystemTime now, Changeset& rehearsed,
                        const std::stop_token& stop);

  // The changes of a dry run, of all tables, also those whose rows are not counted.
  RowChanges rows_of(const Changeset& changes);

  // Empties the write-ahead log if no reader holds it up. Returns its size in bytes afterwards.
  std::int64_t checkpoint();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nbasync
