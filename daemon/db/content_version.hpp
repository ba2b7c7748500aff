#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "base/unique_fd.hpp"

namespace nbasync {

// Which content a file of SQLite's in WAL mode has: another one after each commit, whoever made it.
// Equal versions: the same content.
struct ContentVersion {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t bytes = 0;
  std::int64_t changed = 0;  // the file itself, in nanoseconds
  // The beginning of the index of the write-ahead log: its header, twice. See "WAL-Index File
  // Format" in SQLite's documents.
  std::array<char, 96> log{};

  bool operator==(const ContentVersion&) const = default;
};

// Tells it without opening the database: four system calls, and no lock of SQLite's is asked for.
// Any thread.
//
// It has the index of the log open, and a process that closes a file gives up all locks that it has
// on it, SQLite's too: so watch(), stop() and its end are for when no connection of this process to
// that file is open.
class ContentWatch {
 public:
  // The file that is to be opened; `path` leads to it, `real_path` is that without links.
  void watch(const std::string& path, const std::string& real_path);
  void stop();

  // nullopt: it cannot be told, or another file is there.
  std::optional<ContentVersion> version() const;

 private:
  mutable std::mutex mutex_;
  std::string path_;
  std::string log_index_path_;
  mutable UniqueFd log_index_;
  std::optional<ContentVersion> opened_;  // which file it is
};

}  // namespace nbasync
