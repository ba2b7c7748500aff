#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <stop_token>
#include <string>

#include "store/busy_wait.hpp"
#include "store/sqlite_error.hpp"
#include "store/store.hpp"

namespace nbasync {

// The writer's connection, in WAL mode. One thread at a time.
class Database {
 public:
  // Makes the file if there is none. One that is no database, is damaged, or has a schema newer
  // than `newest_version` is left byte for byte as it is. Throws Error.
  Database(const std::string& path, const StoreOptions& options, int newest_version);

  SQLite::Database& connection() { return connection_; }

  // Runs work; what SQLite throws comes out as Error. Waits for other programs end at a stop
  // request.
  template <typename Work>
  auto guarded(const std::stop_token& stop, Work work) {
    busy_.obey(stop);
    return translating(work);
  }

  // Runs work in a transaction that holds the write lock from its beginning. Commits if work
  // returns true; otherwise, and if it throws, nothing is changed.
  template <typename Work>
  void transaction(const std::stop_token& stop, Work work) {
    guarded(stop, [&] {
      SQLite::Transaction transaction(connection_, SQLite::TransactionBehavior::IMMEDIATE);
      // Here already, because the rollback would hide what the system said.
      translating([&] {
        if (work()) transaction.commit();
      });
    });
  }

  // Moves the write-ahead log into the database and empties it, without waiting for readers.
  // Returns the bytes that are left in it.
  std::int64_t checkpoint();

 private:
  template <typename Work>
  auto translating(Work work) {
    try {
      return work();
    } catch (const SQLite::Exception& error) {
      throw translated(error);
    }
  }
  Error translated(const SQLite::Exception& error) const;
  void configure(bool synchronous_full);

  std::string path_;
  BusyWait busy_;
  SQLite::Database connection_;
};

}  // namespace nbasync
