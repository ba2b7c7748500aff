#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>

#include "db/connection.hpp"
#include "db/content_version.hpp"
#include "db/database.hpp"
#include "db/database_options.hpp"
#include "db/file_check.hpp"
#include "db/file_gate.hpp"
#include "db/file_identity.hpp"
#include "db/lock_file.hpp"

namespace nbasync {

class FileConnection;

// The file of a database: which one is open, and that it still is the one that its path leads to.
// When it is not, all connections let go of it before the next file is opened: SQLite's locks and
// write-ahead log are found by the path, so two files that had one path must not be open at once.
// Any thread; the members of a group as it says.
class DatabaseFile {
 public:
  // Opens the file; see Database. `lock`, which may be null, is held and outlives this. Throws
  // Error.
  DatabaseFile(std::string path, const DatabaseOptions& options, LockFile* lock);
  DatabaseFile(const DatabaseFile&) = delete;
  DatabaseFile& operator=(const DatabaseFile&) = delete;

  // See Database.
  void prepare(Database::Prepare prepare, const Database::Look& look);
  void observe(std::function<void(const std::string&)> observer);
  void check(const std::stop_token& stop);
  std::optional<Error> damage() const { return whole_.damage(); }

  // While a connection works: the file is not changed for another then. If another has taken its
  // place, it is opened first. For one that writes, the lock file and the number of the file's
  // names are looked at, too. Throws Error.
  class Working {
   public:
    Working(DatabaseFile& file, FileUse use, const std::stop_token& stop) : file_(file) {
      file_.enter(use, stop);
    }
    ~Working() { file_.gate_.leave(); }
    Working(const Working&) = delete;
    Working& operator=(const Working&) = delete;

   private:
    DatabaseFile& file_;
  };

  // While a connection works. Throws kStorageReplaced if the file is not any more what it was.
  void require_same() const;
  // Reads the whole file, if nobody has done that. Throws Error, as who wants to write must know.
  void require_whole(const std::stop_token& stop);
  std::uint64_t generation() const { return generation_; }  // one more with each file
  const std::string& real_path() const { return real_path_; }
  std::string change() const { return change_; }  // what became of the file before
  void logged() { logged_ = true; }               // something was committed
  void log_is_empty() { logged_ = false; }
  std::optional<ContentVersion> version() const { return content_.version(); }

  const std::string& path() const { return path_; }
  const DatabaseOptions& options() const { return options_; }
  const std::atomic<bool>& is_wanted() const { return gate_.is_wanted(); }

  void add(FileConnection& connection);
  void remove(FileConnection& connection);

 private:
  void enter(FileUse use, const std::stop_token& stop);
  // What is not any more as it was when the file was opened; `found` is at its path now.
  std::optional<std::string> difference(FileUse use,
                                        const std::optional<FileIdentity>& found) const;
  void renew(FileUse use, const std::stop_token& stop);
  void close_all();
  void open(const std::stop_token& stop);
  void prepare_file(const Database::Look& look, const std::stop_token& stop);

  ContentWatch content_;  // before all else: it ends when all connections have
  const std::string path_;
  const DatabaseOptions options_;
  LockFile* const lock_;
  FileGate gate_;
  FileCheck whole_;

  // Changed by who is alone.
  std::optional<FileIdentity> opened_;  // nullopt: none is open
  std::optional<FileIdentity> log_;     // its write-ahead log
  std::string real_path_;               // without links
  std::uint64_t generation_ = 0;
  std::string change_;
  Database::Prepare prepare_;
  std::function<void(const std::string&)> observer_;

  std::atomic<bool> logged_ = false;  // the log may have what the file has not
  std::mutex mutex_;
  std::set<FileConnection*> connections_;  // guarded by mutex_
};

}  // namespace nbasync
