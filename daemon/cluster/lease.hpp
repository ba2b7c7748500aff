#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "base/clock.hpp"
#include "db/sync_lock.hpp"
#include "postgres/postgres_connection.hpp"

namespace nbasync {

// The lock of a PostgreSQL, on whatever host its callers are: a row that names its holder until a
// moment that the holder puts off again and again. Who stops doing so loses it, and cannot know:
// so each write of the holder begins with guard(), which lets nothing be written any more once
// another has taken the lease. A holder that the server has not confirmed for most of the lease
// is to give it up (trusted_for), so as to ask upstream for nothing that it may not keep. Times are
// the server's, but for that one. Any thread; a thread of its own renews.
class Lease final : public SyncLock {
 public:
  struct Options {
    std::chrono::milliseconds length{5'000};  // how long a holder that is silent keeps it
    std::string host;                         // this one's name, for people
    bool rings = true;  // tells those who listen (NOTIFY nbasync) that it was given back
  };

  // Asks nobody yet.
  Lease(PostgresAddress address, Options options);
  // Gives it back.
  ~Lease() override;

  // Makes the tables of the lease if they are not there. Waits for the server, as long as a
  // connection does.
  bool try_lock(const std::string& program, SystemTime now) override;

  // Written with the next renewal, which is at once.
  void note_run(const std::string& run_id, const std::string& sync_type,
                SystemTime started) noexcept override;

  // As the server told last.
  std::optional<LockHolder> holder() const override;
  std::string held_sentence() const override;
  void on_lost(const std::function<void(const std::string& why)>& told) override { lost_ = told; }

  bool is_held() const;

  // How long the last word that the server has confirmed lets the holder trust that it is one; 0:
  // no longer. Who holds it has to look then, and to give it up.
  std::chrono::milliseconds trusted_for() const;

  // How old that word is. A suspend counts.
  std::chrono::milliseconds confirmed_ago() const;

  // As one that is lost: nothing is written any more. Asks nobody, so others have to wait for its
  // end.
  void give_up();

  // Of this holding: one more with each holder.
  std::int64_t epoch() const;

  // Another may take it now. Waits for the server, for a part of the lease at most.
  void give_back() noexcept;

  // A statement that fails if the lease was taken by another since, and else keeps others from
  // taking it until the end of its transaction. Throws Error(kSyncInProgress) if that is known.
  std::string guard() const;

  // A write was refused because of it. Both count from the start of this process.
  void note_fenced() { ++fenced_; }
  std::uint64_t fenced() const { return fenced_; }
  std::uint64_t takeovers() const { return takeovers_; }  // how often it was taken

 private:
  bool take(const std::string& holder);
  void look(PostgresConnection& connection, const std::stop_token& stop);
  void renew_until_stopped(const std::stop_token& stop);
  void give_back_over(PostgresConnection& connection) noexcept;
  void lose(const std::string& why);
  void replace_beat(std::jthread beat) noexcept;

  const PostgresAddress address_;
  const Options options_;
  PostgresConnection connection_;  // of who takes it
  std::function<void(const std::string&)> lost_ = [](const std::string&) {};

  std::atomic<std::uint64_t> takeovers_ = 0;
  std::atomic<std::uint64_t> fenced_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  LockHolder self_;                   // guarded by mutex_, as all below
  std::optional<LockHolder> holder_;  // another
  bool held_ = false;
  std::string lost_why_;
  std::string token_;       // of this holding
  std::int64_t epoch_ = 0;  // likewise
  SteadyTime sent_;         // of the last word that the server has confirmed; boot_time()
  bool told_ = true;        // what self_ says

  std::mutex beat_mutex_;
  std::jthread beat_;  // guarded by it
};

}  // namespace nbasync
