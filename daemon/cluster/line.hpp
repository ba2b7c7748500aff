#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "sync/sync_queue.hpp"

// The line of requests of all daemons that share a PostgreSQL: a table. SyncQueue decides, as it
// does for one daemon, on what the table says; what it decides is written only if nobody has
// changed the line since it was read. Any instance may read, join and leave; what only the holder
// of the lease may do is in line_holder. All times are the server's. Blocking; any thread, a
// connection each. Throws what Connection does.
namespace nbasync::line {

struct Entry {
  enum class State { kWaiting, kRunning, kEnded };

  // Of the request, `if_busy` is kQueue, and `timeout` all the time that it may wait since it was
  // asked; empty for one that was put back.
  SyncJob job;
  std::int64_t ticket = 0;  // its place: one more with each request
  State state = State::kWaiting;
  std::optional<SystemTime> wait_until;  // empty: as long as it takes
  std::string leave;                     // why it is to end, a word of RunStatus; empty: it is not
  std::string taken_by;                  // the instance that was asked
  std::int64_t holding = 0;              // the only epoch that carries it out; 0: any
  int attempts = 0;                      // how often it was started
  std::int64_t epoch = 0;                // of the holder that started it last; 0: nobody has
  std::string status;                    // of one that has ended, a word of RunStatus
  std::optional<std::string> result;     // likewise, what else its callers are told
};

struct View {
  std::int64_t version = 0;    // one more with each change but of wait_until
  std::vector<Entry> entries;  // those that have not ended, by ticket
};

struct Options {
  std::size_t limit = 0;     // how many may wait
  std::string instance;      // this one's name, for people
  bool rings = true;         // tells those who listen (NOTIFY nbasync)
  std::int64_t holding = 0;  // of one that only the holder of this epoch carries out
};

View read(Connection& connection, const std::stop_token& stop);

// Also one that has ended, until it is forgotten.
std::optional<Entry> find(Connection& connection, std::string_view run_id,
                          const std::stop_token& stop);

// The line as SyncQueue has it. One that waits and was asked to leave is in it no more.
SyncQueue queue_of(const View& view, std::size_t limit);

// As SyncQueue::join(). A request that joins another makes that one wait as long as it would
// itself. One whose run_id is there already, even ended, has joined itself: so it may be asked
// again when the answer was lost. Begins anew as long as others change the line meanwhile.
Admission join(Connection& connection, const SyncJob& job, const Options& options,
               const std::stop_token& stop);

// Asks the holder to end it, for `why`, which is not empty (the first reason stays). False if there
// is no such entry, or it has ended.
bool leave(Connection& connection, std::string_view run_id, std::string_view why, bool rings,
           const std::stop_token& stop);

}  // namespace nbasync::line
