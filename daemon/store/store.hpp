#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "dataset/dataset.hpp"
#include "db/database.hpp"
#include "model/data_change.hpp"
#include "store/change_list.hpp"
#include "store/difference.hpp"

namespace nbasync {

// The writer: the one connection that changes data tables. Blocking; one thread at a time. All
// members throw Error: kStorage, kStorageBusy, kStorageFull, kCancelled.
class Store {
 public:
  // Brings the tables up to date, here and in each file that takes the place of the database.
  explicit Store(Database& database);
  // Of a database that was prepared so.
  struct Prepared {};
  Store(Database& database, Prepared);

  // Before a run: the file that is there now is the one of this run, and has all that it needs. If
  // another takes its place during the run, what follows throws kStorageReplaced.
  void begin(const std::string& run_id, const std::stop_token& stop);

  // Told what each transaction has added to the feed of changes, a table at a time, once it is
  // written. On the thread that applies; must not throw.
  void on_change(std::function<void(const DataChange&)> told) { told_ = std::move(told); }

  // Fills in what requests and decoding of this dataset need to know of the tables. Those of games
  // are read once, and again when apply() has written to them: what another program changes in them
  // during a run is for the next one.
  void read(const Dataset& dataset, SeasonFacts& facts, const std::stop_token& stop);

  struct Applied {
    ChangeCounts counts;
    std::string note;  // what is worth saying of it
  };

  // Lends the connection to `work(Connection&)`, which reads.
  template <typename Work>
  auto look(Work work) {
    return work(*connection_);
  }

  // One transaction: rows that differ are written, rows of the scope that are gone deleted, as far
  // as the guards believe it (store/guard.hpp), and the feed of changes tells of it. Without a
  // difference there is none. Throws kUpstreamEmpty and kUpstreamShort besides; then no table of
  // data is changed.
  Applied apply(const Decoded& decoded, const SeasonFacts& facts, const std::stop_token& stop);

  // Whether rehearse() is at work: what is read may be what it wrote.
  bool is_rehearsing() const { return rehearsed_ != nullptr; }

  // A dry run: what `work` applies is seen by what it reads afterwards, and rolled back at its end.
  // Returns what would have changed, of all tables, also those whose rows are not counted.
  RowChanges rehearse(const std::function<void()>& work, const std::stop_token& stop);

  // Empties the write-ahead log if no reader holds it up. Returns its size in bytes afterwards.
  std::int64_t checkpoint() { return connection_->checkpoint(); }

  // Gives what is cached back to the system.
  void release_memory() noexcept {
    games_.reset();
    connection_->release_memory();
  }

 private:
  std::unique_ptr<Connection> connection_;
  std::string run_id_;
  std::set<std::string> new_finals_;  // games that the run has made final
  std::optional<GameFacts> games_;    // nullopt: to be read
  std::function<void(const DataChange&)> told_ = [](const DataChange&) {};
  ChangeList* rehearsed_ = nullptr;  // while rehearse() works
};

}  // namespace nbasync
