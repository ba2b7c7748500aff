#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/unique_fd.hpp"
#include "db/sync_lock.hpp"

namespace nbasync {

// The lock of a file, by whatever name of it: two open-file-description locks, which the kernel
// frees when the process ends, however it ends. One is on FILE.lock beside the file that the
// database's path leads to; its content is for people and messages, the lock itself never depends
// on it. The other is on the database itself, on a byte that SQLite does not use: it holds also
// where somebody removes FILE.lock, or knows the file by another name. Any thread.
class LockFile final : public SyncLock {
 public:
  // Opens (makes) FILE.lock. Throws Error(kStorage).
  explicit LockFile(std::string database);

  // Takes the lock on FILE.lock without waiting. False if another process has it: see holder().
  // Throws Error(kStorage).
  bool try_lock(const std::string& program, SystemTime now) override;

  // Locks the file `database`, a path without links, and FILE.lock beside it, instead of what was
  // locked before; makes both where they are not there. After try_lock(), and only while this
  // process has no connection to a database: closing a file frees SQLite's own locks on it. Throws
  // Error: kSyncInProgress if another process has one of them, else kStorage.
  void lock_database(const std::string& database);

  // Whether FILE.lock is still there, and the one that is locked.
  bool is_in_place() const;

  // Writes the run under way into the file of a lock we hold; empty id: none. Never throws: what is
  // written is only a message.
  void note_run(const std::string& run_id, const std::string& sync_type,
                SystemTime started) noexcept override;

  // What the file says of the process that holds the lock; nullopt if it is not readable as ours.
  std::optional<LockHolder> holder() const override;

  std::string held_sentence() const override;

  std::string path() const;

 private:
  bool has_its_place() const;
  void lock_beside(const std::string& database);
  void lock_itself(const std::string& database);
  std::string sentence() const;
  std::optional<LockHolder> read() const;
  void write(const LockHolder& holder) const noexcept;

  mutable std::mutex mutex_;
  std::string database_;  // as it was named
  std::string file_;      // without links
  UniqueFd fd_;
  UniqueFd database_fd_;
  LockHolder self_;
};

}  // namespace nbasync
