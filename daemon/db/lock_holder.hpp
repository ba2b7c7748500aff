#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace nbasync {

// Who holds the lock of who syncs one database.
struct LockHolder {
  std::string program;  // "daemon", "once" or "copy"
  std::string host;     // empty: this one
  int pid = 0;
  std::optional<SystemTime> started_at;  // of the process
  std::string run_id;                    // of the run under way; empty: none
  std::string sync_type;
  std::optional<SystemTime> run_started_at;

  void note_run(const std::string& run, const std::string& type, SystemTime started) {
    run_id = run;
    sync_type = type;
    run_started_at = started;
  }
};

// As it is kept beside the lock: "key=value" a line.
std::string to_lines(const LockHolder& holder);

// nullopt if the text is not ours.
std::optional<LockHolder> lock_holder_in(std::string_view lines);

// The sentence for somebody who cannot have the lock of this database.
std::string held_sentence(const std::string& database, const std::optional<LockHolder>& holder);

}  // namespace nbasync
