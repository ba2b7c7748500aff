#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "db/connection.hpp"
#include "model/run_record.hpp"
#include "sync/sync_request.hpp"

namespace nbasync {

// The line of requests of several daemons that share a database: it lies in there. Who has the lock
// carries out what is first in it, also of its own requests. Loop thread, but for note().
class SharedLine {
 public:
  virtual ~SharedLine() = default;

  // As SyncFront::sync(), of a request that only this holding carries out: the next one makes its
  // own.
  virtual void ask(SyncRequest request, std::function<void(const Admission&)> admitted,
                   std::function<void(const RunRecord&)> done) = 0;

  // See SyncService.
  virtual const SyncJob* find_twin(SyncRequest request) const = 0;
  virtual bool cancel(const std::string& run_id) = 0;

  // That the run is under way, or has ended: part of the transaction that writes it to the log.
  // The log writer's thread. Throws what Connection does.
  virtual void note(Connection& connection, const RunRecord& run, const std::stop_token& stop) = 0;
};

}  // namespace nbasync
