#pragma once

#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/unique_fd.hpp"

namespace nbasync {

// Who holds the cross-process lock, as the lock file tells.
struct LockHolder {
  std::string program;  // "daemon" or "once"
  int pid = 0;
  std::optional<SystemTime> started_at;  // of the process
  std::string run_id;                    // of the run under way; empty: none
  std::string sync_type;
  std::optional<SystemTime> run_started_at;
};

// The lock that keeps a second daemon or a --once off one database: an open-file-description lock
// on FILE.lock beside the database. The kernel frees it when the process ends, however it ends. The
// content is for people and messages; the lock itself never depends on it.
class LockFile {
 public:
  // Opens (makes) the file. Throws Error(kStorage).
  explicit LockFile(std::string path);

  // Takes the lock without waiting. False if another process has it: see holder().
  bool try_lock(const std::string& program, SystemTime now);

  // Writes the run under way into the file of a lock we hold; empty id: none. Never throws: what is
  // written is only a message. Any thread, one at a time.
  void note_run(const std::string& run_id, const std::string& sync_type,
                SystemTime started) noexcept;

  // What the file says of the process that holds the lock; nullopt if it is not readable as ours.
  std::optional<LockHolder> holder() const;

  const std::string& path() const { return path_; }

 private:
  void write(const LockHolder& holder) const noexcept;

  std::string path_;
  UniqueFd fd_;
  LockHolder self_;
};

}  // namespace nbasync
