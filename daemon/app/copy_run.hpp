#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "app/chosen_database.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "config/config.hpp"
#include "copy/table_copy.hpp"
#include "event/loop.hpp"
#include "event/signals.hpp"
#include "event/thread_pool.hpp"
#include "postgres/postgres_connection.hpp"

namespace nbasync {

// --copy-to and --copy-from: the file that the configuration names, and a PostgreSQL; with the
// locks of both, which it does not wait for. Loop thread.
class CopyRun {
 public:
  enum class Direction { kToServer, kToFile };

  // Reads the password, and opens nothing yet. Throws Error.
  CopyRun(const Config& config, const std::string& url);
  CopyRun(const CopyRun&) = delete;
  CopyRun& operator=(const CopyRun&) = delete;

  // Blocking; stop signals break it off. What it returns is for people: the rows of each table,
  // what was left, and the line of the configuration that names the copy. Throws Error: then
  // nothing was copied.
  std::string copy(Direction direction);

 private:
  CopyReport copy_with_locks(Direction direction);
  void require_source(Direction direction);
  void take(SyncLock& lock) const;
  std::string line_of(Direction direction) const;

  Config file_config_;
  Config server_config_;
  RealClock clock_;
  ChosenDatabase server_;
  PostgresConnection connection_;
  std::optional<ChosenDatabase> file_;  // once it is known that it is there
  Loop loop_;
  Signals signals_;
  std::stop_source stop_;
  std::optional<Result<CopyReport>> result_;
  ThreadPool worker_;
};

}  // namespace nbasync
