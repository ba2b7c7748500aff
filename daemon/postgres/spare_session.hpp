#pragma once

#include <memory>
#include <mutex>

#include "postgres/postgres_session.hpp"

namespace nbasync {

// A session that nobody uses just now, for whoever of one database needs one next: to make a new
// one takes longer than most questions. Any thread.
class SpareSession {
 public:
  // One that is open, or null.
  std::unique_ptr<PostgresSession> take();

  // Unless it is in the midst of something, or there is one already.
  void keep(std::unique_ptr<PostgresSession> session);

 private:
  std::mutex mutex_;
  std::unique_ptr<PostgresSession> session_;  // guarded by mutex_
};

}  // namespace nbasync
