#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "db/lock_holder.hpp"

namespace nbasync {

// The lock of who syncs one database: a second daemon or a --once does not. Any thread.
class SyncLock {
 public:
  virtual ~SyncLock() = default;

  // Takes the lock without waiting for its holder. False if another has it: see holder(). Throws
  // Error(kStorage…).
  virtual bool try_lock(const std::string& program, SystemTime now) = 0;

  // Tells of the run under way, for people and messages; empty id: none. Never throws.
  virtual void note_run(const std::string& run_id, const std::string& sync_type,
                        SystemTime started) noexcept = 0;

  // Who holds it; nullopt if that is not to be had.
  virtual std::optional<LockHolder> holder() const = 0;

  // Where it may be lost while it is held: `told` is called once, on another thread, with why it
  // was. Before try_lock().
  virtual void on_lost(const std::function<void(const std::string& why)>& /*told*/) {}

  // The sentence for somebody who cannot have the lock, naming who has it.
  virtual std::string held_sentence() const = 0;
};

}  // namespace nbasync
